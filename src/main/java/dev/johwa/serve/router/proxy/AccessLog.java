package dev.johwa.serve.router.proxy;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.task.Tasks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/// One line a request, buffered, in a file that starts anew when it is full; the one before is kept. Safe for use by
/// many threads.
public final class AccessLog implements AutoCloseable {
    private static final Duration FLUSH = Duration.ofSeconds(1);
    private static final long LARGEST = 32L << 20;
    private static final int MOST_BUFFERED = 4 << 20;

    private final Path file;
    private final Clock clock;
    private StringBuilder buffer = new StringBuilder(1 << 16);
    private volatile long second;
    private volatile String secondText = "";

    public AccessLog(Path file, Clock clock, Tasks tasks) {
        this.file = file;
        this.clock = clock;
        tasks.every(FLUSH, "access log", this::flush);
    }

    void add(String remote, String host, String line, int status, long bytes, long nanos) {
        var at = at();
        synchronized (this) {
            if (buffer.length() > MOST_BUFFERED) {
                return;
            }
            buffer.append(at)
                    .append(' ')
                    .append(remote)
                    .append(' ')
                    .append(host)
                    .append(" \"")
                    .append(line)
                    .append("\" ");
            buffer.append(status)
                    .append(' ')
                    .append(bytes)
                    .append(' ')
                    .append(nanos / 1000)
                    .append("us\n");
        }
    }

    private String at() {
        long now = clock.now().getEpochSecond();
        if (now != second) {
            secondText = Instant.ofEpochSecond(now).toString();
            second = now;
        }
        return secondText;
    }

    private void flush() {
        StringBuilder full;
        synchronized (this) {
            if (buffer.isEmpty()) {
                return;
            }
            full = buffer;
            buffer = new StringBuilder(1 << 16);
        }
        try {
            if (Files.exists(file) && Files.size(file) > LARGEST) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.writeString(file, full, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            // A full disk must not stop serving.
        }
    }

    @Override
    public void close() {
        flush();
    }
}
