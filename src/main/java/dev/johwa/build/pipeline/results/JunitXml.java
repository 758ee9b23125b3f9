package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// JUnit's XML reports, as Surefire and most runners write them. A report that is not readable counts as none.
final class JunitXml {
    private static final int MOST_FILES = 5_000;
    private static final Pattern FRAME = Pattern.compile("\\((\\w+\\.(?:java|kt|scala|groovy)):(\\d+)\\)");

    private int run;
    private int skipped;
    private final List<Failure> failures = new ArrayList<>();

    private JunitXml() {}

    /// @param reports a glob below the folder
    static TestResults read(Path folder, String reports) {
        var all = new JunitXml();
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + reports);
        try (var files = Files.walk(folder, 8)) {
            files.filter(file -> matcher.matches(folder.relativize(file)))
                    .limit(MOST_FILES)
                    .sorted()
                    .forEach(all::read);
        } catch (IOException | java.io.UncheckedIOException e) {
            return TestResults.NONE;
        }
        return new TestResults(all.run, all.skipped, all.failures);
    }

    private void read(Path file) {
        var factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (var input = Files.newInputStream(file)) {
            var xml = factory.createXMLStreamReader(input);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("testcase")) {
                    testcase(xml);
                }
            }
        } catch (IOException | XMLStreamException e) {
            // A torn report: what was read so far counts.
        }
    }

    private void testcase(XMLStreamReader xml) throws XMLStreamException {
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
                case "failure", "error" -> failures.add(failure(name, type, xml));
                case String _ -> {}
            }
        }
        if (isSkipped) {
            skipped++;
        } else {
            run++;
        }
    }

    private static Failure failure(String name, String type, XMLStreamReader xml) throws XMLStreamException {
        var message = attribute(xml, "message");
        var text = xml.getElementText();
        var simple = type.replaceFirst(".*\\.", "").replaceFirst("\\$.*", "");
        var where = "";
        var frame = FRAME.matcher(text);
        while (frame.find()) {
            if (simple.isEmpty() || frame.group(1).startsWith(simple + ".")) {
                where = frame.group(1) + ":" + frame.group(2);
                break;
            }
        }
        return new Failure(name, message.isEmpty() ? text.strip() : message.strip(), where);
    }

    private static String attribute(XMLStreamReader xml, String name) {
        var value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }
}
