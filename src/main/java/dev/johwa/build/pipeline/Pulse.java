package dev.johwa.build.pipeline;

import dev.johwa.lib.clock.Durations;
import dev.johwa.lib.task.Tasks;
import dev.johwa.source.git.Progress;
import java.time.Duration;
import java.util.function.Supplier;

/// Tells now and then that a step goes on, how long, and what it printed last. Closed when the step has ended. Safe for
/// use by many threads.
final class Pulse implements AutoCloseable {
    static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int LONGEST = 80;

    private final Progress progress;
    private final Supplier<Duration> elapsed;
    private final Tasks tasks;
    private final Duration pause;
    private volatile String last = "";
    private volatile boolean isOver;

    /// @param elapsed how long it goes on
    Pulse(Progress progress, Supplier<Duration> elapsed, Tasks tasks, Duration pause) {
        this.progress = progress;
        this.elapsed = elapsed;
        this.tasks = tasks;
        this.pause = pause;
        tasks.after(pause, "pulse", this::beat);
    }

    void heard(String line) {
        boolean isRule = line.contains("--------");
        if (!line.isBlank() && !isRule) {
            last = line;
        }
    }

    private void beat() {
        if (isOver) {
            return;
        }
        var words = RunLog.plain(last).strip();
        var shown = words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
        var time = Durations.text(elapsed.get().toMillis());
        progress.say("            … " + time + (shown.isEmpty() ? "" : "  " + shown));
        tasks.after(pause, "pulse", this::beat);
    }

    @Override
    public void close() {
        isOver = true;
    }
}
