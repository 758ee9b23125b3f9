package dev.johwa.main;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// About 200 requests a second as a real site has them: on kept and on new connections, with bodies, streamed answers,
/// WebSockets that talk. Nothing is tried twice.
final class Traffic implements Asking, AutoCloseable {
    private static final long PAUSE_NANOS = 35_000_000;
    private static final int LARGE = 8 * 1024;
    private static final String STREAMED = "part\n".repeat(10);

    private final String edge;
    private final String host;
    private final ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicInteger allowances = new AtomicInteger(1);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    /// One way to ask.
    private interface Question {
        /// @return the connection to keep on
        RawConnection ask(RawConnection connection) throws IOException;
    }

    /// @param edge `127.0.0.1:8080`
    Traffic(String edge, String host) {
        this.edge = edge;
        this.host = host + ".localhost";
        for (var kind :
                List.<Question>of(this::kept, this::kept, this::kept, this::fresh, this::posted, this::posted)) {
            begin("request", kind);
        }
        begin("stream", this::streamed);
        begin("WebSocket", this::talked);
    }

    private void begin(String name, Question question) {
        threads.add(Thread.ofPlatform().daemon().start(() -> askOn(name, question)));
    }

    private void askOn(String name, Question question) {
        RawConnection connection = null;
        while (!over) {
            int allowed = allowances.get();
            sent.incrementAndGet();
            try {
                connection = question.ask(connection == null ? new RawConnection(edge, host) : connection);
            } catch (IOException | RuntimeException e) {
                if (allowed % 2 == 0 && allowances.get() == allowed) {
                    lost.add(name + ": " + e);
                }
                RawConnection.close(connection);
                connection = null;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        RawConnection.close(connection);
    }

    private RawConnection kept(RawConnection connection) throws IOException {
        require(connection.get("/", "").length > 0, "an empty answer");
        return connection.isOver() ? next(connection) : connection;
    }

    private RawConnection fresh(RawConnection connection) throws IOException {
        require(connection.get("/", "Connection: close\r\n").length > 0, "an empty answer");
        return next(connection);
    }

    private RawConnection posted(RawConnection connection) throws IOException {
        var body = new byte[LARGE];
        Arrays.fill(body, (byte) ('a' + sent.get() % 26));
        require(Arrays.equals(connection.post("/", body), body), "another body came back");
        return connection.isOver() ? next(connection) : connection;
    }

    private RawConnection streamed(RawConnection connection) throws IOException {
        var text = new String(connection.get("/stream", ""), StandardCharsets.UTF_8);
        require(text.equals(STREAMED), "a stream ended early");
        return connection.isOver() ? next(connection) : connection;
    }

    /// One that is closed between two words or with the first of them, as a release does in the end, is opened anew,
    /// once.
    private RawConnection talked(RawConnection connection) throws IOException {
        boolean wasOpen = connection.isTalking();
        var open = wasOpen && connection.hasEnded() ? next(connection) : connection;
        try {
            open.talk("word");
            return open;
        } catch (RawConnection.Ended e) {
            if (!wasOpen) {
                throw e;
            }
            var again = next(open);
            again.talk("word");
            return again;
        }
    }

    private RawConnection next(RawConnection old) throws IOException {
        RawConnection.close(old);
        return new RawConnection(edge, host);
    }

    private static void require(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw new IOException(otherwise);
        }
    }

    long sent() {
        return sent.get();
    }

    /// Even: each answer counts.
    @Override
    public void mayFail(boolean may) {
        // Each allowance is a number of its own, so that what it touched does not count later either.
        allowances.updateAndGet(now -> may == (now % 2 == 1) ? now : now + 1);
    }

    @Override
    public List<String> lost() {
        return List.copyOf(lost);
    }

    /// What was lost until now is told already.
    void forget() {
        lost.clear();
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        for (var thread : threads) {
            thread.join();
        }
    }
}
