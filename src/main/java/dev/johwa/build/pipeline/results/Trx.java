package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// A `trx` file, as `dotnet test --logger trx` writes it.
final class Trx {
    private static final String RESULT = "UnitTestResult";
    private static final double MILLIS = 1_000;

    private final Frames frames;
    private final Tally tally;

    Trx(Paths paths, Path report, Tally tally) {
        this.frames = new Frames(paths, report);
        this.tally = tally;
    }

    /// @param xml at the start of a `UnitTestResult`
    void result(XMLStreamReader xml) throws XMLStreamException {
        var name = JunitXml.attribute(xml, "testName");
        var outcome = JunitXml.attribute(xml, "outcome");
        var seconds = seconds(JunitXml.attribute(xml, "duration"));
        var message = "";
        var stack = "";
        boolean hasRows = false;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals(RESULT)) {
                break;
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "Message" ->
                        message = xml.getElementText().replace("\r", "").strip();
                    case "StackTrace" -> stack = xml.getElementText();
                    case RESULT -> {
                        hasRows = true;
                        result(xml);
                    }
                    case String _ -> {}
                }
            }
        }
        if (hasRows) {
            // The rows of its data are the tests.
            return;
        }
        switch (outcome) {
            case "Passed", "PassedButRunAborted", "Completed", "Warning" -> tally.ran(name, seconds);
            case "NotExecuted", "Inconclusive", "Pending", "NotRunnable", "InProgress" -> tally.skipped(name);
            case String _ -> {
                tally.ran(name, seconds);
                tally.failed(new Failure(name, message, frames.other(stack).orElse("")));
            }
        }
    }

    /// `00:00:01.2034567`.
    private static String seconds(String duration) {
        try {
            var time = Duration.between(LocalTime.MIDNIGHT, LocalTime.parse(duration));
            return String.valueOf(time.toMillis() / MILLIS);
        } catch (DateTimeParseException e) {
            return "";
        }
    }
}
