package dev.johwa.source.host;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.host.Look.Who;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides when which host is looked at: when a webhook rings, and when time has passed. One look at a time a project;
/// whoever rings meanwhile gets one more. Safe for use by many threads.
final class Rounds {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final Duration EACH = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 4;
    private static final double JITTER = 0.2;

    private final HostPorts ports;
    private final ConnectionStore store;
    private final Watch watch;
    private final Pauses pauses;
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final Map<String, Bell> bells = new ConcurrentHashMap<>();
    private volatile boolean isOver;
    private final RandomGenerator random = RandomGenerator.getDefault();

    /// Rings and looks of one project.
    private static final class Bell {
        private final ReentrantLock turn = new ReentrantLock(true);
        private boolean isRunning;
        private Optional<String> ringer = Optional.empty();
        private Optional<Instant> next = Optional.empty();

        /// Whether it is looked once more.
        private synchronized boolean isRung() {
            return ringer.isPresent();
        }
    }

    Rounds(HostPorts ports, ConnectionStore store, Watch watch) {
        this.ports = ports;
        this.store = store;
        this.watch = watch;
        this.pauses = new Pauses(ports.clock(), watch);
    }

    /// All that is connected is looked at soon: what moved while nobody was here is found.
    void start() {
        ports.tasks().every(EACH, "connections", this::round);
    }

    /// From now on nothing is begun.
    void stop() {
        isOver = true;
    }

    private void round() {
        if (isOver) {
            return;
        }
        var now = ports.clock().now();
        for (var connection : store.list()) {
            var bell = bell(connection.project());
            boolean isDue;
            synchronized (bell) {
                isDue = !bell.isRunning && bell.next.filter(now::isBefore).isEmpty();
            }
            if (isDue) {
                ring(connection.project(), "", false);
            }
        }
    }

    private Bell bell(String project) {
        return bells.computeIfAbsent(project, name -> new Bell());
    }

    /// Has the project looked at, at once, in the background.
    ///
    /// @param by who did it there; empty where nobody knows
    /// @param isHeard whether a webhook says so
    void ring(String project, String by, boolean isHeard) {
        var bell = bell(project);
        synchronized (bell) {
            if (bell.isRunning) {
                bell.ringer = Optional.of(by);
                return;
            }
            bell.isRunning = true;
        }
        var _ = ports.tasks().run("look at the origin of " + project, () -> work(project, bell, by, isHeard));
    }

    private void work(String project, Bell bell, String by, boolean isHeard) {
        var ringer = Optional.of(by);
        boolean wasHeard = isHeard;
        while (ringer.isPresent()) {
            try {
                look(project, bell, ringer.get(), wasHeard);
            } catch (RuntimeException e) {
                if (isOver) {
                    return;
                }
                LOG.warn("project={} its origin could not be looked at", project, e);
                later(bell, Pauses.POLL);
            }
            synchronized (bell) {
                ringer = bell.ringer;
                bell.ringer = Optional.empty();
                bell.isRunning = ringer.isPresent();
            }
            wasHeard = true;
        }
    }

    private void look(String project, Bell bell, String by, boolean isHeard) {
        places.acquireUninterruptibly();
        bell.turn.lock();
        try {
            var connection = store.find(project);
            if (connection.filter(this::isHere).isEmpty()) {
                connection.ifPresent(each -> watch.drop(each.project()));
                bells.remove(project);
                return;
            }
            // A webhook that came while this waited for its turn tells of what it finds.
            boolean isTold = isHeard || bell.isRung();
            var began = ports.clock().now();
            var outcome = watch.look(connection.get(), new Who(by, line -> LOG.debug("project={} {}", project, line)));
            if (!isTold && outcome.moved() > 0) {
                noteLost(connection.get(), began);
            }
            store.find(project).ifPresent(after -> later(bell, pauses.after(after)));
        } finally {
            bell.turn.unlock();
            places.release();
        }
    }

    /// A project that was deleted here is not brought back by its origin.
    private boolean isHere(Connection connection) {
        return connection.times().looked().isEmpty() || ports.repositories().exists(connection.project());
    }

    /// From now on it is looked at often, until a webhook comes again.
    ///
    /// @param began when the look did that found it: a webhook that came since was only later than it
    private void noteLost(Connection connection, Instant began) {
        if (connection.isTold()) {
            LOG.info("project={} something moved there of which no webhook told", connection.project());
            store.lost(connection.project(), began);
        }
    }

    /// Never all at the same moment.
    private void later(Bell bell, Duration pause) {
        double factor = 1 + JITTER * random.nextDouble();
        synchronized (bell) {
            bell.next = Optional.of(ports.clock().now().plusMillis((long) (pause.toMillis() * factor)));
        }
    }

    /// Does something about a project while nobody looks at its host.
    ///
    /// @throws ProblemException `connect.busy` when somebody looks for long
    <T> T alone(String project, Supplier<T> work) {
        var turn = bell(project).turn;
        try {
            if (!turn.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw Problem.user("connect.busy", project + " is just being fetched")
                        .hint("try again when that is over; `johwa connect` tells")
                        .exception();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the server stops", e);
        }
        try {
            return work.get();
        } finally {
            turn.unlock();
        }
    }
}
