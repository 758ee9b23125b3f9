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
    private static final long LOOK_MILLIS = 20;
    /// Of a program that did not end by itself.
    private static final int UNKNOWN = -1;

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
        var said = new CompletableFuture<Void>();
        var errors = new CompletableFuture<String>();
        beside(() -> feed(process.getOutputStream(), in, fed));
        beside(() -> pass(process.getInputStream(), out, said));
        beside(() -> listen(process.getErrorStream(), errors));
        try {
            await(said);
            int status = process.waitFor();
            // Nobody reads `in` any more once this method is over.
            await(fed);
            return new Ended(status, errors.join());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            kill(process);
        }
    }

    /// The same with a program that somebody started, in a container.
    public static Ended run(Attached program, InputStream in, OutputStream out, Duration limit) throws IOException {
        var over = new CompletableFuture<Void>().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        var _ = over.exceptionally(late -> {
            end(program);
            return null;
        });
        var fed = new CompletableFuture<Void>();
        var said = new CompletableFuture<Void>();
        var errors = new CompletableFuture<String>();
        beside(() -> feed(program.in(), in, fed));
        beside(() -> pass(program.out(), out, said));
        beside(() -> listen(program.err(), errors));
        try {
            await(said);
            while (program.exit().isEmpty()) {
                Thread.sleep(LOOK_MILLIS);
            }
            await(fed);
            boolean isLate = over.isCompletedExceptionally();
            var how = program.exit().orElseGet(Exit.Lost::new);
            int status = how instanceof Exit.Status(int code) ? code : UNKNOWN;
            return new Ended(isLate ? UNKNOWN : status, isLate ? "its time was over" : errors.join());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            over.complete(null);
            end(program);
        }
    }

    private static void end(Attached program) {
        try {
            program.end();
        } catch (IOException e) {
            // Its connection is gone, which is what was wanted.
        }
    }

    /// A pipe that is waited for holds the thread below a virtual one, and there are only as many as processors: enough
    /// pipes in virtual threads, and nobody else runs.
    private static void beside(Runnable work) {
        Thread.ofPlatform().daemon().name("pipe").start(work);
    }

    private static void await(CompletableFuture<Void> end) throws IOException {
        try {
            end.join();
        } catch (CompletionException e) {
            throw new IOException("a stream broke off", e.getCause());
        }
    }

    private static Process start(Command command) {
        var builder =
                new ProcessBuilder(command.argv()).directory(command.folder().toFile());
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        try {
            return Spawn.start(builder);
        } catch (IOException e) {
            throw Problem.resource(
                            "process.start", "'" + command.argv().getFirst() + "' cannot be started: " + e.getMessage())
                    .exception();
        }
    }

    private static void pass(InputStream program, OutputStream out, CompletableFuture<Void> said) {
        try (var from = program) {
            from.transferTo(out);
            said.complete(null);
        } catch (IOException | RuntimeException e) {
            said.completeExceptionally(e);
        }
    }

    private static void feed(OutputStream program, InputStream in, CompletableFuture<Void> fed) {
        try (var to = program) {
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
        } catch (IOException | RuntimeException e) {
            fed.completeExceptionally(e);
            return -1;
        }
    }

    private static void listen(InputStream program, CompletableFuture<String> errors) {
        try (var from = program) {
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
