package dev.johwa.serve.release;

import dev.johwa.lib.process.Usage;
import dev.johwa.serve.release.InstanceStore.Kept;
import dev.johwa.serve.target.Target;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;

/// What instances use of the machine, as it was some seconds ago at most: whoever asks does not look. Safe for use by
/// many threads.
final class Usages {
    private static final long PACE_MILLIS = 5_000;

    private final Target target;
    private final Map<String, Seen> byInstance = new ConcurrentHashMap<>();

    Usages(Target target) {
        this.target = target;
    }

    /// @param cpus how many processors were busy with it between two looks, once there were two
    record Seen(Usage usage, OptionalDouble cpus, long at) {}

    /// Looks at those at which nobody looked for a while, and forgets who is gone.
    void look(List<Kept> instances, long now) {
        var there = new HashSet<String>();
        for (var kept : instances) {
            var id = kept.instance().id();
            there.add(id);
            var before = Optional.ofNullable(byInstance.get(id));
            if (before.isEmpty() || now - before.get().at() >= PACE_MILLIS) {
                target.usage(kept.instance())
                        .ifPresentOrElse(
                                usage -> byInstance.put(id, new Seen(usage, cpus(before, usage, now), now)),
                                () -> byInstance.remove(id));
            }
        }
        byInstance.keySet().retainAll(there);
    }

    private static OptionalDouble cpus(Optional<Seen> before, Usage usage, long now) {
        if (before.isEmpty()) {
            return OptionalDouble.empty();
        }
        Duration worked = usage.cpu().minus(before.get().usage().cpu());
        return OptionalDouble.of(
                Math.max(0, worked.toMillis()) / (double) (now - before.get().at()));
    }

    Optional<Seen> of(String instance) {
        return Optional.ofNullable(byInstance.get(instance));
    }
}
