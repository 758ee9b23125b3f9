package dev.johwa.build.pipeline;

import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.text.Escapes;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// The linters of an app: what they find is shown and stops nothing. They run beside the deployment, once the artifact
/// is packed, so that they cost no time and what they write comes into no artifact. Used by one thread.
final class Lint {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int MOST_LINES = 8;
    private static final Pattern COUNT = Pattern.compile(
            "(?i)\\b\\d+\\s+(fixable\\s+)?(problem|error|warning|issue|finding|offense|violation)s?\\b");

    private final Job job;
    private final Workspace workspace;
    private final Stages stages;
    private final Cancel cancel;

    Lint(Job job, Workspace workspace, Stages stages, Cancel cancel) {
        this.job = job;
        this.workspace = workspace;
        this.stages = stages;
        this.cancel = cancel;
    }

    void run() {
        for (var command : job.detection().lint()) {
            if (cancel.isCancelled()) {
                return;
            }
            var stage = stages.begin(job.app(), "lint");
            var heard = new Heard();
            var steps = new StageSteps(job, workspace, stage, cancel).atMost(LIMIT);
            var exit = steps.run(command, job.testValues(), heard);
            if (exit.isSuccess()) {
                stage.done(count(heard.lines(), "nothing found"));
                continue;
            }
            stage.failed(count(heard.lines(), exit.text()) + " (stops nothing)");
            heard.last(MOST_LINES).stream()
                    .filter(line -> !line.isBlank())
                    .forEach(line -> stage.say("            " + Escapes.plain(line)));
        }
    }

    /// The linter's own sum, which comes last.
    static String count(List<String> lines, String otherwise) {
        return lines.reversed().stream()
                .map(line -> Escapes.plain(line).strip())
                .filter(line -> COUNT.matcher(line).find())
                .findFirst()
                .orElse(otherwise);
    }
}
