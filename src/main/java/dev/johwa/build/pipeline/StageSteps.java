package dev.johwa.build.pipeline;

import dev.johwa.build.cause.Cause;
import dev.johwa.build.cause.Causes;
import dev.johwa.build.cause.EnvironmentReads;
import dev.johwa.build.cause.Said;
import dev.johwa.build.pipeline.Workspace.Step;
import dev.johwa.build.pipeline.results.TestResults;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.config.Written;
import dev.johwa.source.detect.Detection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Runs the commands of one stage, which together may take so long; what they print goes into the log. Used by one
/// thread.
final class StageSteps {
    private static final Pattern WHY = Pattern.compile(
            "(?i)error|fail|cannot|can't|could not|exception|not found|missing|denied|refused|unable|invalid|unexpected"
                    + "|panic|fatal|unknown|no such|must|required");
    private static final String SILENT =
            "Nothing that it printed says why. `johwa try` in the project's folder runs the same on your machine, where"
                    + " you can look into it.";
    private static final String LOUDER =
            "Many tools say more when asked: `env: {DEBUG: \"*\"}` in johwa.yaml, or a flag like --verbose in the script.";
    static final int LAST_LINES = 20;
    /// For the cause, which a tool may tell long before its last line.
    static final int LOOKED_AT = 1_000;

    private final Job job;
    private final Workspace workspace;
    private final Stages.Stage stage;
    private final Cancel cancel;
    private Duration limit;
    private Optional<Ground> ground = Optional.empty();

    StageSteps(Job job, Workspace workspace, Stages.Stage stage, Cancel cancel) {
        this.job = job;
        this.workspace = workspace;
        this.stage = stage;
        this.cancel = cancel;
        this.limit = job.settings().limits().build();
    }

    /// No longer than this, nor than any stage of the app.
    StageSteps atMost(Duration time) {
        limit = time.compareTo(limit) < 0 ? time : limit;
        return this;
    }

    /// On another system than this machine's.
    StageSteps on(Ground other) {
        ground = Optional.of(other);
        return this;
    }

    /// @throws StageFailed at the first command that does not end well
    void runAll(List<List<String>> commands, Map<String, String> values) {
        for (var command : commands) {
            var heard = new Heard();
            var exit = run(command, values, heard);
            if (!exit.isSuccess()) {
                throw failed(command, exit, heard);
            }
        }
    }

    Exit run(List<String> argv, Map<String, String> values, Heard heard) {
        stage.output("$ " + Written.command(argv));
        var left = limit.minus(stage.elapsed());
        if (left.isNegative()) {
            return new Exit.TimedOut(limit);
        }
        try (var pulse = new Pulse(stage, stage::elapsed, workspace.tasks(), Written.command(argv), Pulse.PAUSE)) {
            var step = new Step(argv, job.folder(), values, left, ground);
            var exit = workspace.run(
                    step,
                    job.detection(),
                    (channel, line) -> {
                        stage.output(line);
                        heard.add(line);
                        pulse.heard(line);
                    },
                    cancel);
            var ended = exit instanceof Exit.TimedOut ? new Exit.TimedOut(limit) : exit;
            stage.output(ended.text());
            stage.flush();
            return ended;
        }
    }

    /// Deletes the reports of earlier commands, which a kept folder may have brought, and makes the folder for new
    /// ones.
    void makeRoomForReports(Detection.Test command) {
        workspace.requireInside(job.folder() + "/report");
        var folder = workspace.source().resolve(job.folder());
        try {
            for (var old = TestResults.reports(command, folder);
                    !old.isEmpty();
                    old = TestResults.reports(command, folder)) {
                for (var each : old) {
                    Files.deleteIfExists(each);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (command.reports()
                .filter(glob -> glob.startsWith(Detection.Test.RESULTS))
                .isPresent()) {
            workspace.makeFolder(Path.of(job.folder(), Detection.Test.RESULTS));
        }
    }

    /// What a person is told of a command that did not end well: how it ended, its last words, the cause where they
    /// say it, what to do next.
    StageFailed failed(List<String> argv, Exit exit, Heard heard) {
        var summary = Written.command(argv) + ": " + exit.text();
        var cause = cause(exit, heard);
        return new StageFailed(
                cause.map(each -> summary + " (" + each.what() + ")").orElse(summary),
                heard.told(LAST_LINES),
                cause.map(this::advice).orElseGet(() -> whatNext(exit, heard)));
    }

    private Optional<Cause> cause(Exit exit, Heard heard) {
        return switch (exit) {
            case Exit.TimedOut _ -> Causes.ofWaiting(new Said(heard.lines(), job.name(), place()));
            case Exit.OutOfMemory _, Exit.Cancelled _ -> Optional.empty();
            case Exit.Status _, Exit.Signal _, Exit.Lost _ ->
                workspace.isDiskFull()
                        ? Optional.of(Causes.DISK_FULL)
                        : Causes.of(new Said(heard.last(LOOKED_AT), job.name(), place()));
        };
    }

    private Said.Place place() {
        return stage.name().equals("test") ? Said.Place.TEST : Said.Place.STEP;
    }

    private List<String> advice(Cause cause) {
        var lines = new ArrayList<>(cause.lines());
        if (cause.code().equals(Cause.VALUE_MISSING)) {
            var folder = workspace.source().resolve(job.folder());
            lines.addAll(EnvironmentReads.unset(folder, job.settings().values().keySet()));
        }
        return lines;
    }

    private List<String> whatNext(Exit exit, Heard heard) {
        return switch (exit) {
            case Exit.TimedOut _ -> List.of(late(stage, limit));
            case Exit.OutOfMemory() ->
                List.of("It used more memory than a step may have on this server: use less (fewer workers, a smaller"
                        + " heap).");
            case Exit.Status _, Exit.Signal _, Exit.Cancelled _, Exit.Lost _ ->
                heard.lines().stream()
                                .anyMatch(line ->
                                        !isOfNpm(line) && WHY.matcher(line).find())
                        ? List.of(job.wholeLog())
                        : List.of(SILENT, LOUDER, job.wholeLog());
        };
    }

    /// What npm says of itself, and of the script that it starts: `> next build`.
    private static boolean isOfNpm(String line) {
        return line.startsWith("npm warn ") || line.startsWith("> ");
    }

    /// What to do where a stage took too long.
    static String late(Stages.Stage stage, Duration limit) {
        return "The stage " + stage.name() + " may take " + text(limit)
                + "; give it more with `limits: {build: …}` in johwa.yaml.";
    }

    private static String text(Duration limit) {
        return limit.toMinutes() > 0 ? limit.toMinutes() + " min" : limit.toSeconds() + " s";
    }
}
