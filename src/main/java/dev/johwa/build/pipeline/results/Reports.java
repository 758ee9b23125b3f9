package dev.johwa.build.pipeline.results;

import dev.johwa.lib.file.Search;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.MissingResourceException;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// The files that a runner wrote beside its output: JUnit's XML, .NET's trx, the JSON of Jest, Mocha and RSpec. One
/// that is not readable counts as none, and a torn one as far as it goes.
final class Reports {
    private static final Search SEARCH =
            new Search(Set.of("node_modules", ".git", ".venv", "vendor", "site-packages"), 10, 5_000);
    private static final long LARGEST = 64L << 20;
    /// Read as a whole, which takes several times its size of memory.
    private static final long LARGEST_JSON = 8L << 20;

    private final Paths paths;
    private final Tally tally = new Tally();

    Reports(Paths paths) {
        this.paths = paths;
    }

    /// @param reports a glob below the folder
    TestResults read(String reports) {
        find(paths.folder(), reports).stream().sorted().forEach(this::read);
        return tally.results();
    }

    /// What lies there now; none when the folder cannot be read.
    static List<Path> find(Path folder, String reports) {
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + reports);
        return SEARCH.find(folder, (file, attributes) -> matcher.matches(file));
    }

    private void read(Path file) {
        boolean isJson = file.toString().endsWith(".json");
        if (file.toFile().length() > (isJson ? LARGEST_JSON : LARGEST)) {
            return;
        }
        if (isJson) {
            new JsonReport(paths, file, tally).read();
            return;
        }
        var factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (var input = Files.newInputStream(file)) {
            read(file, factory.createXMLStreamReader(input));
        } catch (IOException | XMLStreamException | MissingResourceException e) {
            // A torn report: what was read so far counts. For some that are sick the JDK has no words, and says so.
        }
    }

    private void read(Path file, XMLStreamReader xml) throws XMLStreamException {
        var junit = new JunitXml(paths, file, tally);
        var trx = new Trx(paths, file, tally);
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "testcase" -> junit.testcase(xml);
                case "UnitTestResult" -> trx.result(xml);
                case String _ -> {}
            }
        }
    }
}
