package dev.johwa.serve.router;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.Seat.Phase;
import dev.johwa.serve.router.Seat.State;
import dev.johwa.serve.router.proxy.EdgeServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How an edge comes and goes. It may wait until it is told to begin; and once another has taken over, it takes no
/// more connections, lets those that are open come to their end, and is over. Safe for use by many threads.
final class Stay {
    private static final Logger LOG = LoggerFactory.getLogger(Stay.class);
    private static final Duration UNCLAIMED = Duration.ofMinutes(1);
    private static final Duration GOODBYES = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(50);

    /// How long what is under way may take: downloads, uploads, streams and sockets of pages.
    static final Duration LONGEST = Duration.ofMinutes(10);

    private final Seat seat;
    private final EdgeServer server;
    private final List<SocketHandOver> offers;
    private final Clock clock;
    private final Tasks tasks;
    private volatile State state;
    private Runnable end = () -> {};

    /// What is open to others.
    ///
    /// @param offers of the sockets on which the server listens
    record Doors(EdgeServer server, List<SocketHandOver> offers) {}

    Stay(Seat seat, State state, Doors doors, Clock clock, Tasks tasks) {
        this.seat = seat;
        this.state = state;
        this.server = doors.server();
        this.offers = doors.offers();
        this.clock = clock;
        this.tasks = tasks;
    }

    /// Says that it is there.
    ///
    /// @param ends ends the process
    void enter(Runnable ends) throws IOException {
        end = ends;
        seat.write(state);
        if (state.is(Phase.WAITING)) {
            tasks.after(UNCLAIMED, "unclaimed", this::giveUp);
        } else {
            server.accept();
        }
    }

    /// The control plane that it waits for has gone: the next one starts another.
    void giveUp() {
        if (state.is(Phase.WAITING)) {
            end.run();
        }
    }

    boolean isLeaving() {
        return state.is(Phase.LEAVING);
    }

    synchronized void begin() throws IOException {
        if (state.is(Phase.WAITING)) {
            write(Phase.SERVING);
            server.accept();
        }
    }

    synchronized void leave() throws IOException {
        if (!isLeaving()) {
            write(Phase.LEAVING);
            offers.forEach(SocketHandOver::close);
            server.leave();
            LOG.info("leaves with {} connections, within {} min at the latest", server.open(), LONGEST.toMinutes());
            var _ = tasks.run("leave", this::seeOff);
        }
    }

    private void write(Phase phase) throws IOException {
        var next = state.in(phase);
        seat.write(next);
        state = next;
    }

    private void seeOff() {
        long deadline = clock.ticks() + LONGEST.toNanos();
        try {
            while (server.open() > 0 && clock.ticks() < deadline) {
                clock.sleep(POLL);
            }
            int cut = server.sayGoodbye();
            if (cut > 0) {
                LOG.warn("{} requests had not ended after {} min, and were cut", cut, LONGEST.toMinutes());
                clock.sleep(GOODBYES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end.run();
    }
}
