package dev.johwa.build.pipeline;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Tasks;
import dev.johwa.lib.text.Escapes;
import dev.johwa.source.git.Progress;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// The log of one attempt of a run: every line in a file, and what a person wants to follow in the push as well.
/// Safe for use by many threads. At most [#MOST] characters are kept; what comes then is counted and told.
final class RunLog implements Progress, AutoCloseable {
    static final long MOST = 64L << 20;
    private static final Duration BEHIND = Duration.ofMillis(100);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Writer file;
    private final Progress progress;
    private final Clock clock;
    private final Tasks tasks;
    private final UnaryOperator<String> mask;
    private boolean isBehind;
    private long written;
    private long dropped;

    /// @param tasks brings to the disk what was printed a moment ago, so that who follows is not behind
    /// @param mask hides secrets in each line before anybody sees it
    /// @throws ProblemException when the file cannot be written
    RunLog(Path file, Progress progress, Clock clock, Tasks tasks, UnaryOperator<String> mask) {
        try {
            Files.createDirectories(file.getParent());
            this.file = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            this.written = Files.size(file);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.resource("run.log", "the log of the run cannot be written: " + e.getMessage())
                            .hint("look at the disk of the folder of logs, and at who may write to it"),
                    e);
        }
        this.progress = progress;
        this.clock = clock;
        this.tasks = tasks;
        this.mask = mask;
    }

    /// A line that a person follows: in the push and in the file.
    @Override
    public void say(String line) {
        var masked = Escapes.plain(mask.apply(line));
        progress.say(masked);
        write("johwa", masked);
        flush();
    }

    /// A line that a program printed: in the file only.
    void output(String stage, String line) {
        write(stage, coloured(mask.apply(line)));
    }

    /// The line as it stays in a terminal, with its colours for those who can show them.
    private String coloured(String line) {
        var last = Escapes.lastWritten(line);
        var words = Escapes.plain(last);
        // A secret that colours had cut in two is one again without them.
        var hidden = mask.apply(words);
        return hidden.equals(words) ? Escapes.coloured(last) : hidden;
    }

    /// The text as everybody may see it.
    String hide(String text) {
        return mask.apply(text);
    }

    private synchronized void write(String stage, String line) {
        if (written > MOST) {
            dropped++;
            return;
        }
        try {
            var text = TIME.format(clock.now()) + " " + stage + " | " + line + "\n";
            file.write(text);
            written += text.length();
            if (!isBehind) {
                isBehind = true;
                tasks.after(BEHIND, "run log", this::flush);
            }
        } catch (IOException e) {
            // A full disk must not end a run that would pass; what is missing is told at the end.
            dropped++;
        }
    }

    synchronized void flush() {
        isBehind = false;
        try {
            file.flush();
        } catch (IOException e) {
            dropped++;
        }
    }

    @Override
    public synchronized void close() {
        try (file) {
            if (dropped > 0) {
                file.write("… " + dropped + " more lines were not kept\n");
            }
        } catch (IOException e) {
            // On a full disk the end of the log is missing; how the run ended is known elsewhere.
        }
    }
}
