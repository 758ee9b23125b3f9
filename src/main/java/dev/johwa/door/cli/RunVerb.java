package dev.johwa.door.cli;

import dev.johwa.door.api.AppName;
import dev.johwa.door.api.Road;
import dev.johwa.door.api.RunList;
import dev.johwa.door.cli.Screen.Style;
import dev.johwa.lib.clock.Durations;
import dev.johwa.lib.problem.Problem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/// A verb about one run: `[PROJECT] [NUMBER]`, by default the newest of the project of this folder.
abstract class RunVerb extends RemoteVerb {
    @Nullable
    @Parameters(index = "0", arity = "0..1", paramLabel = "PROJECT", description = "Default: the remote named johwa.")
    String project;

    @Nullable
    @Parameters(index = "1", arity = "0..1", paramLabel = "NUMBER", description = "The run; default: the newest.")
    Integer number;

    RunVerb(Session session) {
        super(session);
    }

    String project() {
        return isNumber() ? session.project(null) : AppName.projectOf(session.project(project));
    }

    /// `johwa run show 12` in a repository: the one word is the number.
    private boolean isNumber() {
        return number == null && project != null && project.chars().allMatch(Character::isDigit);
    }

    int number() {
        if (number != null) {
            return number;
        }
        if (isNumber()) {
            return Integer.parseInt(String.valueOf(project));
        }
        var newest = client().runs(Optional.of(project()), 1).runs();
        if (newest.isEmpty()) {
            throw Problem.user("run.unknown", "project '" + project() + "' has no runs")
                    .hint("push something: git push johwa main")
                    .exception();
        }
        return newest.getFirst().number();
    }

    /// Shows a run with its stages.
    int show(RunList.Item run) {
        if (!toldAsJson(run)) {
            screen().line("Run " + run.number() + " of " + run.project() + ": "
                    + AppsCommand.state(screen(), run.state())
                    + (run.reason().isEmpty() ? "" : " (" + run.reason() + ")"));
            screen().line("  " + run.ref() + " at " + run.commit() + " by " + run.by() + ", attempt " + run.attempt());
            screen().line("  " + screen().style(Style.BOLD, run.subject()));
            run.issues().forEach(issue -> screen().line("  " + issue.name() + " " + issue.url()));
            screen().line("  " + RoadLine.of(screen(), Road.of(run, run.healthy())));
            run.advice().forEach(line -> screen().line("  " + line));
            if (!run.stages().isEmpty()) {
                screen().line("");
                screen().table(
                                List.of("APP", "STAGE", "STATE", "TOOK", "DETAIL"),
                                run.stages().stream().map(this::row).toList());
            }
        }
        return run.state().equals("failed") || run.state().equals("cancelled") ? ExitCode.NO : ExitCode.DONE;
    }

    private List<String> row(RunList.Stage stage) {
        return List.of(
                stage.app(),
                stage.name(),
                AppsCommand.state(screen(), stage.state()),
                Durations.text(stage.millis()),
                stage.detail());
    }
}
