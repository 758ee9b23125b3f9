package dev.johwa.main;

import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/// Somebody who frees what nobody needs, again and again, whether the server lives or not.
final class Collectors implements AutoCloseable {
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final UpProcess up;
    private final Thread thread;
    private volatile boolean ended;
    private volatile int done;

    Collectors(UpProcess up) {
        this.up = up;
        this.thread = Thread.startVirtualThread(this::collect);
    }

    private void collect() {
        while (!ended) {
            try {
                up.client().gc();
                done++;
            } catch (ProblemException e) {
                // It was killed meanwhile.
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /// Lets all that is stored now count as old: only what comes from now on is protected by its youth.
    static void makeOld(Path data) {
        var old = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
        try (var files = Files.walk(data.resolve("blobs/sha256"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                try {
                    Files.setLastModifiedTime(file, old);
                } catch (NoSuchFileException e) {
                    // It was collected.
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        thread.join(Duration.ofSeconds(60));
        if (done == 0) {
            throw new AssertionError("nothing was ever collected");
        }
    }
}
