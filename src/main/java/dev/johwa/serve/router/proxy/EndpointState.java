package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.EdgeReport;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// What the edge knows of an instance: the same object in every table that names it, so that what is in flight is
/// counted across tables. Safe for use by many threads.
public final class EndpointState {
    private static final int FAILURES = 3;
    private static final long SLOW = 20_000_000;

    private final String instance;
    private final InetSocketAddress address;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final LongAdder requests = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private volatile int failures;
    private volatile long usualNanos;
    private volatile boolean keepsConnections;

    EndpointState(String instance, InetSocketAddress address) {
        this.instance = instance;
        this.address = address;
    }

    public String instance() {
        return instance;
    }

    public InetSocketAddress address() {
        return address;
    }

    int inFlight() {
        return inFlight.get();
    }

    void begin() {
        inFlight.incrementAndGet();
    }

    void end() {
        inFlight.decrementAndGet();
    }

    /// A request is over.
    ///
    /// @param took nanoseconds
    void answered(int status, long took) {
        requests.increment();
        nanos.add(took);
        if (status >= 500) {
            errors.increment();
        }
    }

    /// All of them.
    EdgeReport.OfInstance answered() {
        return new EdgeReport.OfInstance(instance, requests.sum(), errors.sum(), nanos.sum() / 1e9, inFlight());
    }

    /// Whether it has shown that it keeps a connection open after an answer, as its answers say: not all do.
    boolean keepsConnections() {
        return keepsConnections;
    }

    void showed(boolean keeps) {
        keepsConnections = keeps;
    }

    boolean isHealthy() {
        return failures < FAILURES;
    }

    /// A check was answered well or not; three bad ones in a row make it unhealthy, one good one healthy again.
    ///
    /// @return whether its health changed by this
    synchronized boolean report(boolean good) {
        boolean before = isHealthy();
        failures = good ? 0 : Math.min(FAILURES, failures + 1);
        return before != isHealthy();
    }

    /// Nobody listens there: no need to ask three times.
    ///
    /// @return whether its health changed by this
    synchronized boolean refused() {
        boolean before = isHealthy();
        failures = FAILURES;
        return before;
    }

    /// How long it took to begin an answer; kept as a moving mean, written by several lanes without care.
    void took(long nanos) {
        long before = usualNanos;
        usualNanos = before + (nanos - before) / 8;
    }

    /// Lets an instance that was slow have another chance.
    void forgive() {
        usualNanos -= usualNanos / 4;
    }

    /// Whether it should get a request rather than the other one: fewer in flight, and not much slower.
    boolean isBetterThan(EndpointState other) {
        int mine = inFlight();
        int theirs = other.inFlight();
        if (mine != theirs) {
            return mine < theirs;
        }
        long slower = other.usualNanos;
        return slower > SLOW && slower > 3 * usualNanos;
    }
}
