package dev.johwa.serve.target.docker;

import dev.johwa.serve.target.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which containers ended by themselves. An engine that stops, as with its machine, asks all to end, and many end as
/// well as if they had done their work. So one is known to have ended by itself where it was seen to run, and the
/// engine answered all the time since. That is noted in the instance's folder. Safe for use by many threads.
final class OwnEnds {
    private static final Logger LOG = LoggerFactory.getLogger(OwnEnds.class);
    private static final String NOTE = "own-end";

    private final AtomicInteger outages = new AtomicInteger();
    private final Map<String, Integer> running = new ConcurrentHashMap<>();

    /// What is seen from now on, until the next outage; to be asked for before the engine is.
    int now() {
        return outages.get();
    }

    /// It runs.
    ///
    /// @param asked as [#now] said before
    void runs(Instance instance, int asked) {
        running.put(instance.id(), asked);
    }

    /// The engine does not answer: nobody knows what it does meanwhile.
    void outage() {
        outages.incrementAndGet();
    }

    /// Of one that has ended.
    boolean isOwn(Instance instance) {
        var note = Path.of(instance.handle()).resolve(NOTE);
        var last = running.get(instance.id());
        if (last == null || last != outages.get()) {
            return Files.exists(note);
        }
        try {
            Files.write(note, new byte[0]);
            running.remove(instance.id());
        } catch (IOException e) {
            LOG.warn("instance={} ended by itself, which cannot be noted: {}", instance.id(), e.toString());
        }
        return true;
    }

    void forget(Instance instance) {
        running.remove(instance.id());
    }
}
