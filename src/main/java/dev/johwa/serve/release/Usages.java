package dev.johwa.serve.release;

import dev.johwa.lib.process.Usage;
import dev.johwa.serve.release.AppFolders.Folder;
import dev.johwa.serve.release.InstanceStore.Kept;
import dev.johwa.serve.target.Target;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// What instances use of the machine, as it was some seconds ago at most: whoever asks does not look. Safe for use by
/// many threads.
final class Usages {
    private static final long PACE_MILLIS = 5_000;

    private final Target target;
    private final Map<String, Seen> byInstance = new ConcurrentHashMap<>();
    private final Map<String, Long> sizes = new ConcurrentHashMap<>();
    private volatile Map<AppEnvironment, Long> data = Map.of();

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
        sizes.keySet().retainAll(there);
    }

    /// Measures what is on the disk, which takes its time.
    ///
    /// @param folders that outlive releases, as they were measured
    void measure(List<Folder> folders) {
        data = folders.stream()
                .filter(each -> each.bytes().isPresent())
                .collect(Collectors.toUnmodifiableMap(
                        Folder::where, each -> each.bytes().getAsLong(), Long::sum));
        for (var instance : target.find()) {
            if (byInstance.containsKey(instance.id())) {
                target.size(instance)
                        .ifPresentOrElse(bytes -> sizes.put(instance.id(), bytes), () -> sizes.remove(instance.id()));
            }
        }
    }

    /// Bytes of an instance's own files, as they were measured.
    OptionalLong size(String instance) {
        var size = sizes.get(instance);
        return size == null ? OptionalLong.empty() : OptionalLong.of(size);
    }

    /// Bytes in folders that outlive releases, as they were measured.
    Map<AppEnvironment, Long> data() {
        return data;
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
