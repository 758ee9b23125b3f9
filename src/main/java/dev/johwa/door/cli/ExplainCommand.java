package dev.johwa.door.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "Tells in a few lines what a release did to its users, beside the one before:",
            "the verdict with its reason, errors, times, restarts, and what was done about it."
        },
        footer = {"%nExample:", "  johwa explain shop", "  johwa explain shop 41 --json"})
final class ExplainCommand extends AppVerb {
    @Nullable
    @Parameters(index = "1", arity = "0..1", paramLabel = "NUMBER", description = "Default: the one that serves.")
    Integer number;

    ExplainCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        var told = client().figures().explain(app(), environment, number == null ? 0 : number);
        if (!toldAsJson(told)) {
            told.lines().forEach(screen()::line);
        }
        return ExitCode.DONE;
    }
}
