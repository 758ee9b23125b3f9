package dev.johwa.door.cli;

import dev.johwa.door.api.Orders;
import dev.johwa.lib.problem.Problem;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        description = "Changes how many instances of an app run, also to 0 and back.",
        footer = {"%nExample:", "  johwa scale shop 3", "  johwa scale shop worker=2"})
final class ScaleCommand extends AppVerb {
    @Parameters(
            index = "1",
            paramLabel = "[PROCESS=]N",
            description = "How many; of the process web when none is named.")
    String wanted = "";

    ScaleCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        int equals = wanted.indexOf('=');
        var process = equals < 0 ? Optional.<String>empty() : Optional.of(wanted.substring(0, equals));
        var order = new Orders.Scale(environment, process, number(wanted.substring(equals + 1)));
        client().scale(app(), order, this::tell);
        if (!json) {
            screen().line("scaled: " + app() + " " + process.orElse("web") + " to " + order.instances());
        }
        return ExitCode.DONE;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Problem.user("usage.number", "'" + text + "' is no number of instances")
                    .hint("write N or PROCESS=N")
                    .exception();
        }
    }
}
