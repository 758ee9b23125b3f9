package dev.johwa.build.pipeline;

import dev.johwa.lib.clock.Durations;
import dev.johwa.lib.task.Tasks;
import dev.johwa.lib.text.Escapes;
import dev.johwa.source.git.Progress;
import java.time.Duration;
import java.util.function.Supplier;

/// Tells now and then that a step goes on, how long, and what it printed last: soon at first, then in growing gaps of a
/// minute at most. Closed when the step has ended. Safe for use by many threads.
final class Pulse implements AutoCloseable {
    static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int LONGEST = 80;

    private final Progress progress;
    private final Supplier<Duration> elapsed;
    private final Tasks tasks;
    private final String doing;
    private volatile Duration pause;
    private volatile Said last = new Said("", Duration.ZERO);
    private volatile boolean isOver;

    private record Said(String words, Duration at) {}

    /// @param elapsed how long it goes on
    /// @param doing the command, told while it says nothing itself
    Pulse(Progress progress, Supplier<Duration> elapsed, Tasks tasks, String doing, Duration pause) {
        this.progress = progress;
        this.elapsed = elapsed;
        this.tasks = tasks;
        this.doing = doing;
        this.pause = pause;
        tasks.after(pause, "pulse", this::beat);
    }

    void heard(String line) {
        boolean isRule = line.contains("--------");
        if (!line.isBlank() && !isRule) {
            last = new Said(line, elapsed.get());
        }
    }

    private void beat() {
        if (isOver) {
            return;
        }
        progress.say("            … " + text(elapsed.get()));
        pause = longer(pause);
        tasks.after(pause, "pulse", this::beat);
    }

    static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /// The time, and what was printed last: with how long ago when that is not now, and the command when it was
    /// nothing.
    String text(Duration now) {
        var said = last;
        var time = Durations.text(now.toMillis()) + "  ";
        if (said.words().isEmpty()) {
            return time + shown(doing) + " goes on, and has printed nothing yet";
        }
        var silent = now.minus(said.at());
        var ago = silent.compareTo(PAUSE) < 0 ? "" : " (" + Durations.text(silent.toMillis()) + " ago)";
        return time + shown(Escapes.plain(said.words()).strip()) + ago;
    }

    private static String shown(String words) {
        return words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
    }

    @Override
    public void close() {
        isOver = true;
    }
}
