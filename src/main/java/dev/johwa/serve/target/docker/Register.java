package dev.johwa.serve.target.docker;

import dev.johwa.serve.target.Instance;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// What is known of instances, here and in their folders. Safe for use by many threads.
final class Register {
    private final Places places;
    private final Making making;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    Register(Places places, Making making) {
        this.places = places;
        this.making = making;
    }

    void keep(Kept state) {
        places.keep(state);
        kept.put(state.instance().id(), state);
    }

    Optional<Kept> of(Instance instance) {
        return of(instance.id(), Path.of(instance.handle()));
    }

    Optional<Kept> of(Path folder) {
        return of(folder.getFileName().toString(), folder);
    }

    private Optional<Kept> of(String id, Path folder) {
        var known = kept.get(id);
        return known != null ? Optional.of(known) : read(folder);
    }

    private Optional<Kept> read(Path folder) {
        var state = places.read(folder);
        state.ifPresent(each -> {
            kept.putIfAbsent(each.instance().id(), each);
            making.hold(each.published());
        });
        return state;
    }

    /// Those that were started.
    Stream<Instance> started() {
        return places.all().stream()
                .flatMap(folder -> of(folder).stream())
                .filter(Kept::isStarted)
                .map(Kept::instance);
    }

    void forget(Instance instance) {
        kept.remove(instance.id());
    }

    /// Whether no instance that is known is in a network.
    boolean isEmpty(String network) {
        return kept.values().stream().map(making::networks).noneMatch(each -> each.contains(network));
    }
}
