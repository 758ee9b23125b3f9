package dev.johwa.build.pipeline;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.Durations;
import dev.johwa.lib.task.Tasks;
import dev.johwa.source.git.Progress;
import java.time.Duration;

/// Tells now and then that a step goes on, how long, and what it printed last. Closed when the step has ended. Safe for
/// use by many threads.
final class Pulse implements AutoCloseable {
    static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int LONGEST = 80;

    private final Progress progress;
    private final Clock clock;
    private final Tasks tasks;
    private final Duration pause;
    private final long start;
    private volatile String last = "";
    private volatile boolean isOver;

    Pulse(Progress progress, Clock clock, Tasks tasks, Duration pause) {
        this.progress = progress;
        this.clock = clock;
        this.tasks = tasks;
        this.pause = pause;
        this.start = clock.ticks();
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
        var time = Durations.text((clock.ticks() - start) / 1_000_000);
        progress.say("            … " + time + (shown.isEmpty() ? "" : "  " + shown));
        tasks.after(pause, "pulse", this::beat);
    }

    @Override
    public void close() {
        isOver = true;
    }
}
