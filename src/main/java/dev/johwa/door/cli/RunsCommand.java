package dev.johwa.door.cli;

import dev.johwa.door.api.RunList;
import dev.johwa.lib.clock.Durations;
import java.time.Duration;
import java.util.List;
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
            screen().table(
                            List.of("PROJECT", "RUN", "STATE", "BRANCH", "COMMIT", "TOOK", "BY", "SUBJECT"),
                            list.runs().stream().map(this::row).toList());
        }
        return ExitCode.DONE;
    }

    private List<String> row(RunList.Item run) {
        return List.of(
                run.project(),
                Integer.toString(run.number()),
                AppsCommand.state(screen(), run.state()),
                run.branch(),
                run.commit().substring(0, Math.min(8, run.commit().length())),
                took(run),
                run.by(),
                run.subject());
    }

    static String took(RunList.Item run) {
        if (run.startedAt().isEmpty() || run.finishedAt().isEmpty()) {
            return "-";
        }
        return Durations.text(
                Duration.between(run.startedAt().get(), run.finishedAt().get()).toMillis());
    }
}
