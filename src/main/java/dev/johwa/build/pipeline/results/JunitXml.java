package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.nio.file.Path;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// A report in JUnit's XML, as Surefire, Gradle, pytest, Vitest, node, Mocha, PHPUnit, CTest, nextest and Playwright
/// write it.
final class JunitXml {
    private final Paths paths;
    private final Frames frames;
    private final Tally tally;

    JunitXml(Paths paths, Path report, Tally tally) {
        this.paths = paths;
        this.frames = new Frames(paths, report);
        this.tally = tally;
    }

    /// @param xml at the start of a `testcase`
    void testcase(XMLStreamReader xml) throws XMLStreamException {
        var test = new Case(xml);
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("testcase")) {
                break;
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                test.element(xml);
            }
        }
        tally.in(test.type);
        if (test.isSkipped) {
            tally.skipped(test.name);
            return;
        }
        tally.ran(test.name, test.seconds);
        if (test.isFailed) {
            tally.failed(test.failure());
        }
    }

    private final class Case {
        private final String type;
        private String name;
        private final String seconds;
        private final String place;
        private boolean isSkipped;
        private boolean isFailed;
        private String message = "";
        private String text = "";
        private String output = "";

        Case(XMLStreamReader xml) {
            // node writes 'test' for every one, CTest the name twice, PHPUnit dots where its classes have none.
            var own = attribute(xml, "name");
            var written = attribute(xml, "classname");
            var ofPhp = attribute(xml, "class");
            this.type = written.equals("test") || written.equals(own) ? "" : ofPhp.isEmpty() ? written : ofPhp;
            this.name = type.isEmpty() ? own : ofPhp.isEmpty() ? joined(type, own) : type + "::" + own;
            this.seconds = attribute(xml, "time");
            this.place = place(attribute(xml, "file"), attribute(xml, "line"));
            this.isSkipped = attribute(xml, "status").matches("disabled|notrun|skipped");
        }

        /// As the runner itself would print it.
        private String joined(String type, String own) {
            boolean isFile = type.matches(".*\\.[cm]?[jt]sx?");
            // Playwright names the suites so, as its own words do.
            var test = own.replace(" › ", " > ");
            if (own.contains("::")) {
                // nextest: the binary before it is a suite only.
                return own;
            }
            return paths.python(type)
                    .map(python -> python + "::" + test)
                    .orElse(isFile || test.contains(" ") ? type + " > " + test : type + "." + test);
        }

        private String place(String file, String line) {
            return file.isEmpty() || !paths.isOwn(file)
                    ? ""
                    : paths.relative(file) + (line.isEmpty() ? "" : ":" + line);
        }

        void element(XMLStreamReader xml) throws XMLStreamException {
            switch (xml.getLocalName()) {
                case "skipped" -> isSkipped = true;
                case "failure", "error" -> failed(xml);
                case "system-out" -> output = xml.getElementText();
                case String _ -> {}
            }
        }

        private void failed(XMLStreamReader xml) throws XMLStreamException {
            var kind = attribute(xml, "type").replaceFirst(".*[.\\\\]", "");
            boolean isError = xml.getLocalName().equals("error");
            var told = attribute(xml, "message").strip();
            var body = xml.getElementText();
            if (isFailed) {
                return;
            }
            isFailed = true;
            // Playwright begins with where the test stands, which is not where it failed.
            text = body.strip().replaceFirst("^\\S+:\\d+:\\d+ › [^\\n]*", "");
            message = told.isEmpty() ? words(body.strip()) : isError && !kind.isEmpty() ? kind + ": " + told : told;
            if (told.equals("collection failure")) {
                name = paths.python(name).orElse(name) + " cannot be imported";
                message = body.lines()
                        .filter(line -> line.startsWith("E "))
                        .map(line -> line.substring(1).strip())
                        .findFirst()
                        .orElse(told);
            }
            message = withCause(body);
        }

        /// What went wrong first, where a framework tells only what came of it.
        private String withCause(String body) {
            return body.lines()
                    .filter(line -> line.startsWith("Caused by: ") && !message.contains(line))
                    .reduce((first, last) -> last)
                    .map(cause -> message + "\n" + cause)
                    .orElse(message);
        }

        /// PHPUnit begins with the name.
        private String words(String body) {
            return body.startsWith(name + "\n") ? body.substring(name.length() + 1) : body;
        }

        Failure failure() {
            var said = message.isEmpty() ? output.strip() : message;
            var where = frames.where(type, text);
            return new Failure(name, said, where.isEmpty() ? place : where);
        }
    }

    static String attribute(XMLStreamReader xml, String name) {
        var value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }
}
