package dev.johwa.source.host.played;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Under which name the repository is reached, by whom, and what is in the way.
final class Access {
    private static final int HANG_SECONDS = 120;

    private final Set<String> formerNames = ConcurrentHashMap.newKeySet();
    private final Set<String> forks = ConcurrentHashMap.newKeySet();
    private volatile String name;
    private volatile boolean isPrivate = true;
    private volatile boolean visible = true;
    private volatile int tokens = 1;
    private volatile Trouble trouble = new Trouble.None();
    private volatile CountDownLatch hanging = new CountDownLatch(0);

    Access(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    String owner() {
        return name.substring(0, name.indexOf('/'));
    }

    void rename(String other) {
        formerNames.add(name);
        name = other;
    }

    boolean wasNamed(String asked) {
        return formerNames.contains(asked);
    }

    void addFork(String fork) {
        forks.add(fork);
    }

    boolean isFork(String asked) {
        return forks.contains(asked);
    }

    boolean isPrivate() {
        return isPrivate;
    }

    void makePublic() {
        isPrivate = false;
    }

    void makePrivate() {
        isPrivate = true;
    }

    boolean isVisible() {
        return visible;
    }

    void setVisible(boolean now) {
        visible = now;
    }

    String token() {
        return "played-token-" + tokens;
    }

    void nextToken() {
        tokens = tokens + 1;
    }

    Trouble trouble() {
        return trouble;
    }

    void trouble(Trouble next) {
        if (next instanceof Trouble.Hanging) {
            hanging = new CountDownLatch(1);
        } else {
            hanging.countDown();
        }
        trouble = next;
    }

    /// Waits as long as nothing is answered.
    void pass() {
        try {
            if (!hanging.await(HANG_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody recovered the player");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
