package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// JUnit's XML reports, as Surefire and most runners write them. A report that is not readable counts as none.
final class JunitXml {
    private static final int MOST_FILES = 5_000;
    private static final Pattern FRAME =
            Pattern.compile("at (?:[^\\s(]*/)?([\\w.$]+)\\.[\\w$<>-]+\\((\\w+\\.(?:java|kt|scala|groovy)):(\\d+)\\)");
    private static final List<String> SOURCES = List.of(
            "src/test/java",
            "src/main/java",
            "src/test/kotlin",
            "src/main/kotlin",
            "src/test/scala",
            "src/test/groovy");
    private static final int MOST_FRAMES = 100;
    private static final long LARGEST = 64L << 20;

    private int run;
    private int skipped;
    private final List<Failure> failures = new ArrayList<>();

    private final Path folder;

    private JunitXml(Path folder) {
        this.folder = folder;
    }

    /// @param reports a glob below the folder
    static TestResults read(Path folder, String reports) {
        var all = new JunitXml(folder);
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + reports);
        try (var files = Files.walk(folder, 8)) {
            files.filter(file -> matcher.matches(folder.relativize(file)))
                    .limit(MOST_FILES)
                    .sorted()
                    .forEach(all::read);
        } catch (IOException | UncheckedIOException e) {
            return TestResults.NONE;
        }
        return new TestResults(all.run, all.skipped, all.failures);
    }

    private void read(Path file) {
        if (file.toFile().length() > LARGEST) {
            return;
        }
        var factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (var input = Files.newInputStream(file)) {
            var xml = factory.createXMLStreamReader(input);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("testcase")) {
                    testcase(file, xml);
                }
            }
        } catch (IOException | XMLStreamException e) {
            // A torn report: what was read so far counts.
        }
    }

    private void testcase(Path file, XMLStreamReader xml) throws XMLStreamException {
        var type = attribute(xml, "classname");
        var name = type.isEmpty() ? attribute(xml, "name") : type + "." + attribute(xml, "name");
        boolean isSkipped = false;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("testcase")) {
                break;
            }
            if (event != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "skipped" -> isSkipped = true;
                case "failure", "error" -> failures.add(located(failure(name, type, file, xml)));
                case String _ -> {}
            }
        }
        if (isSkipped) {
            skipped++;
        } else {
            run++;
        }
    }

    /// With the path as seen from the folder.
    private Failure located(Failure failure) {
        var start = folder.toString() + "/";
        return failure.where().startsWith(start)
                ? new Failure(failure.test(), failure.message(), failure.where().substring(start.length()))
                : failure;
    }

    private static Failure failure(String name, String type, Path report, XMLStreamReader xml)
            throws XMLStreamException {
        var kind = attribute(xml, "type").replaceFirst(".*\\.", "");
        boolean isError = xml.getLocalName().equals("error");
        var told = attribute(xml, "message").strip();
        var text = xml.getElementText();
        var message = told.isEmpty() ? text.strip() : isError && !kind.isEmpty() ? kind + ": " + told : told;
        return new Failure(name, message, where(type, report, text));
    }

    /// The first frame whose source lies in the module of the report, else in the test's own file.
    private static String where(String type, Path report, String text) {
        var simple = type.replaceFirst(".*\\.", "").replaceFirst("\\$.*", "");
        var fallback = "";
        var frame = FRAME.matcher(text);
        for (int i = 0; i < MOST_FRAMES && frame.find(); i++) {
            var source = source(report, frame.group(1), frame.group(2));
            if (source.isPresent()) {
                return source.get() + ":" + frame.group(3);
            }
            if (fallback.isEmpty() && (simple.isEmpty() || frame.group(2).startsWith(simple + "."))) {
                fallback = frame.group(2) + ":" + frame.group(3);
            }
        }
        return fallback;
    }

    /// Reports lie in `MODULE/target/surefire-reports`.
    private static Optional<Path> source(Path report, String type, String file) {
        var module =
                Optional.ofNullable(report.getParent()).map(Path::getParent).map(Path::getParent);
        int dot = type.lastIndexOf('.');
        var below = dot < 0 ? file : type.substring(0, dot).replace('.', '/') + "/" + file;
        return module.flatMap(root -> SOURCES.stream()
                .map(folder -> root.resolve(folder).resolve(below))
                .filter(Files::isRegularFile)
                .findFirst());
    }

    private static String attribute(XMLStreamReader xml, String name) {
        var value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }
}
