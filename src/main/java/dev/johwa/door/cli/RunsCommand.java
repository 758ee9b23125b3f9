package dev.johwa.door.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = "Lists runs, newest first.",
        footer = {"%nExample:", "  johwa runs shop", "  johwa runs --limit 5 --json"})
final class RunsCommand extends RemoteVerb {
    @Nullable
    @Parameters(arity = "0..1", paramLabel = "PROJECT", description = "Only of this project.")
    String project;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "At most so many; default: 20.")
    int limit;

    RunsCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        var list = client().runs(Optional.ofNullable(project), limit);
        if (!toldAsJson(list)) {
            new RunsTable(screen(), session.surroundings().columns()).tell(list.runs());
        }
        return ExitCode.DONE;
    }
}
