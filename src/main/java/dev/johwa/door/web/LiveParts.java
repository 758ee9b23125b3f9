package dev.johwa.door.web;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.html.Html;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.identity.Identity;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/// Tells a page that is open what changed on it: its parts are drawn again while somebody looks, and those whose HTML
/// differs are sent. Safe for use by many threads.
final class LiveParts implements AutoCloseable {
    private static final int MOST = 200;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration BEAT = Duration.ofSeconds(10);
    /// A browser comes back by itself.
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Clock clock;
    private final Function<String, Optional<Identity>> sessions;
    private final Semaphore open = new Semaphore(MOST);
    private final Cancel over = new Cancel();

    LiveParts(Clock clock, Function<String, Optional<Identity>> sessions) {
        this.clock = clock;
        this.sessions = sessions;
    }

    /// A part as a browser gets it.
    ///
    /// @param id of the element that it takes the place of
    record Part(String id, String html) {}

    /// What a page sends beside its parts.
    @FunctionalInterface
    interface More {
        /// @return whether there may be still more to send later
        boolean send(EventStream stream) throws IOException;
    }

    /// Sends what changes until the browser has gone or its session is over.
    void follow(Call call, Supplier<Map<String, Html>> parts) throws IOException, InterruptedException {
        follow(call, PAUSE, parts, stream -> true);
    }

    /// @param more is asked after the parts of each round; the stream ends when it has no more
    void follow(Call call, Duration pause, Supplier<Map<String, Html>> parts, More more)
            throws IOException, InterruptedException {
        if (!open.tryAcquire()) {
            throw Problem.resource("pages.busy", "more than " + MOST + " pages are followed at this moment")
                    .hint("load the page again to see how things are now")
                    .exception();
        }
        try {
            rounds(call, pause, parts, more);
        } catch (RuntimeException e) {
            // Whoever was drawing while the server ended may have found a room closed.
            if (!over.isCancelled()) {
                throw e;
            }
        } finally {
            open.release();
        }
    }

    private void rounds(Call call, Duration pause, Supplier<Map<String, Html>> parts, More more)
            throws IOException, InterruptedException {
        var stream = new EventStream(call.context());
        var known = new HashMap<String, String>();
        long start = clock.ticks();
        long beat = start;
        while (!over.isCancelled() && clock.ticks() - start < LONGEST.toNanos()) {
            send(stream, parts.get(), known);
            if (!more.send(stream)) {
                // It may have ended since its parts were drawn.
                send(stream, parts.get(), known);
                stream.send("end", "");
                return;
            }
            if (clock.ticks() - beat > BEAT.toNanos()) {
                beat = clock.ticks();
                stream.beat();
            }
            clock.sleep(pause);
            // Whoever may do more or less than before comes through the gate again.
            if (over.isCancelled() || !call.session().flatMap(sessions).equals(call.identity())) {
                return;
            }
        }
    }

    private static void send(EventStream stream, Map<String, Html> parts, Map<String, String> known)
            throws IOException {
        for (var part : parts.entrySet()) {
            var html = part.getValue().text();
            if (!html.equals(known.put(part.getKey(), html))) {
                stream.send("part", new Part(part.getKey(), html));
            }
        }
    }

    /// Ends all streams; browsers come back by themselves.
    @Override
    public void close() {
        over.cancel("the server ends");
    }
}
