package dev.johwa.lib.process;

import dev.johwa.lib.process.Output.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Speaks with an attached program in pieces, so that neither side has to wait in a stream: a program that says more
/// than is taken waits, and so does who tells it more than it reads. Bounded memory; safe for use by many threads.
public final class Dialogue implements AutoCloseable {
    private static final int PIECE = 32 << 10;
    private static final int MOST_PIECES = 16;
    private static final byte[] END_OF_INPUT = {};
    private static final byte END_OF_TRANSMISSION = 4;
    private static final long LOOK_MILLIS = 20;
    /// So long those may go on printing that a program left behind.
    private static final long LAST_WORDS_MILLIS = 2_000;

    private final Attached program;
    private final boolean isTerminal;
    private final Consumer<Exit> over;
    private final BlockingQueue<Said> said = new ArrayBlockingQueue<>(MOST_PIECES);
    private final BlockingQueue<byte[]> told = new ArrayBlockingQueue<>(MOST_PIECES);
    private final AtomicLong moved = new AtomicLong();
    private final List<Thread> ears;
    private final Thread mouth;
    private final Thread watch;
    private volatile boolean isDeaf;
    private volatile boolean isClosed;

    /// What a program says: bytes, and at last how it ended.
    public sealed interface Said {
        record Bytes(Channel channel, byte[] bytes) implements Said {}

        record Ended(Exit exit) implements Said {}
    }

    /// Whether what it was told came to it.
    public enum Heard {
        TAKEN,
        /// It does not read so fast: tell it once more.
        BUSY,
        /// It reads no more.
        CLOSED
    }

    /// @param isTerminal whether its input cannot be closed, and ends by a key
    /// @param over hears how it ended
    public Dialogue(Attached program, boolean isTerminal, Consumer<Exit> over) {
        this.program = program;
        this.over = over;
        this.isTerminal = isTerminal;
        this.ears = List.of(
                start("program's output", () -> listen(Channel.OUT, program.out())),
                start("program's errors", () -> listen(Channel.ERR, program.err())));
        this.mouth = start("program's input", this::speak);
        this.watch = start("program's end", this::watch);
    }

    /// They wait in pipes, which holds the thread below a virtual one.
    private static Thread start(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name(name).start(work);
    }

    private void listen(Channel channel, InputStream from) {
        var buffer = new byte[PIECE];
        try {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                said.put(new Said.Bytes(channel, Arrays.copyOf(buffer, count)));
                moved.addAndGet(count);
            }
        } catch (IOException e) {
            // It has ended, or was ended.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void speak() {
        try (var to = program.in()) {
            while (true) {
                var piece = told.take();
                if (piece != END_OF_INPUT) {
                    to.write(piece);
                } else if (isTerminal) {
                    to.write(END_OF_TRANSMISSION);
                } else {
                    return;
                }
                to.flush();
            }
        } catch (IOException e) {
            // It has heard enough: its status tells why.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            isDeaf = true;
            told.clear();
        }
    }

    private void watch() {
        try {
            while (program.exit().isEmpty() && !isClosed) {
                Thread.sleep(LOOK_MILLIS);
            }
            var exit = program.exit().orElseGet(() -> new Exit.Cancelled("nobody is connected any more"));
            if (!isClosed) {
                awaitLastWords();
            }
            program.end();
            for (var each : ears) {
                each.join(LAST_WORDS_MILLIS);
            }
            mouth.interrupt();
            over.accept(exit);
            said.put(new Said.Ended(exit));
        } catch (IOException e) {
            isClosed = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What it printed before it ended is taken, however slowly; who still has its output and says nothing is not
    /// waited for.
    private void awaitLastWords() throws InterruptedException {
        for (var each : ears) {
            long before = -1;
            while (each.isAlive() && !isClosed && (before != moved.get() || said.remainingCapacity() == 0)) {
                before = moved.get();
                each.join(LAST_WORDS_MILLIS);
            }
        }
    }

    /// The next that it says; empty when nothing comes in time.
    public Optional<Said> next(Duration atMost) throws InterruptedException {
        return Optional.ofNullable(said.poll(atMost.toMillis(), TimeUnit.MILLISECONDS));
    }

    /// Tells it something.
    public Heard tell(byte[] bytes, Duration atMost) throws InterruptedException {
        if (bytes.length == 0) {
            return isDeaf || isClosed ? Heard.CLOSED : Heard.TAKEN;
        }
        return offer(bytes, atMost);
    }

    /// Tells it that nothing more comes.
    public Heard endInput(Duration atMost) throws InterruptedException {
        return offer(END_OF_INPUT, atMost);
    }

    private Heard offer(byte[] bytes, Duration atMost) throws InterruptedException {
        if (isDeaf || isClosed) {
            return Heard.CLOSED;
        }
        return told.offer(bytes, atMost.toMillis(), TimeUnit.MILLISECONDS) ? Heard.TAKEN : Heard.BUSY;
    }

    public void resize(TerminalSize size) {
        program.resize(size);
    }

    /// Ends it when it lives, and returns when nothing of it is left.
    @Override
    public void close() {
        isClosed = true;
        said.clear();
        ears.forEach(Thread::interrupt);
        try {
            watch.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
