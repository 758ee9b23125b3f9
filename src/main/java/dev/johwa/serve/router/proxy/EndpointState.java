package dev.johwa.serve.router.proxy;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/// What the edge knows of an instance: the same object in every table that names it, so that what is in flight is
/// counted across tables. Safe for use by many threads.
public final class EndpointState {
    private static final int FAILURES = 2;

    private final String instance;
    private final InetSocketAddress address;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile int failures;

    public EndpointState(String instance, InetSocketAddress address) {
        this.instance = instance;
        this.address = address;
    }

    public String instance() {
        return instance;
    }

    public InetSocketAddress address() {
        return address;
    }

    public int inFlight() {
        return inFlight.get();
    }

    void begin() {
        inFlight.incrementAndGet();
    }

    void end() {
        inFlight.decrementAndGet();
    }

    public boolean isHealthy() {
        return failures < FAILURES;
    }

    /// @return whether its health changed by this
    public boolean report(boolean good) {
        boolean before = isHealthy();
        failures = good ? 0 : Math.min(FAILURES, failures + 1);
        return before != isHealthy();
    }
}
