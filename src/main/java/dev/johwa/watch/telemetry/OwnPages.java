package dev.johwa.watch.telemetry;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Where instances that run have a page of metrics of their own, as far as that was found. Safe for use by many
/// threads.
public final class OwnPages {
    private final Map<String, String> paths = new ConcurrentHashMap<>();

    /// @param path where its page is; empty for none
    public void put(String instance, String path) {
        if (path.isEmpty()) {
            paths.remove(instance);
        } else {
            paths.put(instance, path);
        }
    }

    /// Forgets all others.
    public void keepOnly(Set<String> instances) {
        paths.keySet().retainAll(instances);
    }

    public Optional<String> of(String instance) {
        return Optional.ofNullable(paths.get(instance));
    }
}
