package dev.johwa.lib.process;

import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// A program between two streams: what comes in goes to it, what it says goes out, and it ends with them.
public final class Piped {
    private static final int MOST_ERRORS = 2048;

    private Piped() {}

    /// How it ended.
    ///
    /// @param errors the first of what it said on standard error
    public record Ended(int status, String errors) {
        public boolean isSuccess() {
            return status == 0;
        }
    }

    /// Runs the program in its folder until it has read and said everything. It is ended at once when a stream breaks
    /// or the limit is over, with the processes that it started.
    ///
    /// @throws IOException when `in` or `out` broke: somebody has gone
    public static Ended run(Command command, InputStream in, OutputStream out, Duration limit) throws IOException {
        var process = start(command);
        var overdue = process.onExit().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        var _ = overdue.exceptionally(late -> {
            kill(process);
            return process;
        });
        var fed = new CompletableFuture<Void>();
        var errors = new CompletableFuture<String>();
        Thread.startVirtualThread(() -> feed(process, in, fed));
        Thread.startVirtualThread(() -> listen(process, errors));
        try {
            process.getInputStream().transferTo(out);
            int status = process.waitFor();
            awaitFeeding(fed);
            return new Ended(status, errors.join());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            kill(process);
        }
    }

    /// Nobody reads `in` any more once this method is over.
    private static void awaitFeeding(CompletableFuture<Void> fed) throws IOException {
        try {
            fed.join();
        } catch (CompletionException e) {
            throw new IOException("what the program reads broke off", e.getCause());
        }
    }

    private static Process start(Command command) {
        var builder =
                new ProcessBuilder(command.argv()).directory(command.folder().toFile());
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        try {
            return builder.start();
        } catch (IOException e) {
            throw Problem.resource(
                            "process.start", "'" + command.argv().getFirst() + "' cannot be started: " + e.getMessage())
                    .exception();
        }
    }

    private static void feed(Process process, InputStream in, CompletableFuture<Void> fed) {
        try (var to = process.getOutputStream()) {
            var buffer = new byte[64 * 1024];
            for (int read = read(in, buffer, fed); read >= 0; read = read(in, buffer, fed)) {
                to.write(buffer, 0, read);
                to.flush();
            }
        } catch (IOException e) {
            // The program has heard enough: its status tells why.
        } finally {
            fed.complete(null);
        }
    }

    private static int read(InputStream in, byte[] buffer, CompletableFuture<Void> fed) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            fed.completeExceptionally(e);
            return -1;
        }
    }

    private static void listen(Process process, CompletableFuture<String> errors) {
        try (var from = process.getErrorStream()) {
            var text = new String(from.readNBytes(MOST_ERRORS), StandardCharsets.UTF_8);
            from.transferTo(OutputStream.nullOutputStream());
            errors.complete(text.strip());
        } catch (IOException e) {
            errors.complete("");
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
