package dev.johwa.build.pipeline;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.text.Escapes;
import dev.johwa.source.git.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/// Tells the lines of a growing log, from the first on, until its run is over.
final class LogTail {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Path file;
    private final Clock clock;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long position;

    LogTail(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    Run follow(Progress progress, Supplier<Run> run) {
        try {
            while (true) {
                var now = run.get();
                read(progress);
                if (now.state().isOver()) {
                    read(progress);
                    return now;
                }
                clock.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return run.get();
        }
    }

    private void read(Progress progress) {
        if (!Files.exists(file)) {
            return;
        }
        try (var input = new RandomAccessFile(file.toFile(), "r")) {
            input.seek(position);
            var buffer = new byte[8192];
            for (int count = input.read(buffer); count > 0; count = input.read(buffer)) {
                position += count;
                for (int i = 0; i < count; i++) {
                    add(buffer[i], progress);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(byte next, Progress progress) {
        if (next != '\n') {
            line.write(next);
            return;
        }
        progress.say(Escapes.plain(line.toString(StandardCharsets.UTF_8)));
        line.reset();
    }
}
