package dev.johwa.serve.target.docker;

import dev.johwa.serve.target.Instance;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What is written to the file `state` of an instance's folder: before its container is created, and once more when it
/// was started.
///
/// @param container its id; empty until it was started
/// @param image by which the engine knows it
/// @param port in the container, the one it was told in `PORT`
/// @param published port of this machine's loopback that leads there; 0 when none does
/// @param check argv of its HEALTHCHECK, in which a secret may stand: it is not written
/// @param grace between its stop signal and its end, where it asks for another than all have
/// @param network the only one that it is in, as an earlier version wrote it; empty: that of its app
/// @param networks that it is in
record Kept(
        Instance instance,
        String container,
        String image,
        int port,
        int published,
        List<String> check,
        String network,
        Optional<Duration> grace,
        List<String> networks) {
    Kept {
        check = List.copyOf(check);
        grace = Objects.requireNonNullElse(grace, Optional.empty());
        network = Objects.requireNonNullElse(network, "");
        networks = List.copyOf(Objects.requireNonNullElse(networks, List.of()));
    }

    /// One whose input somebody holds; nobody reaches it by a port of ours.
    static Kept held(Instance instance, String container, Starting starting, List<String> networks) {
        return new Kept(
                instance, container, starting.name(), starting.port(), 0, List.of(), "", Optional.empty(), networks);
    }

    static Kept intent(Instance instance, List<String> networks) {
        return new Kept(instance, "", "", 0, 0, List.of(), "", Optional.empty(), networks);
    }

    /// What of it goes into the file.
    Kept written() {
        return new Kept(instance, container, image, port, published, List.of(), network, grace, networks);
    }

    boolean isStarted() {
        return !container.isEmpty();
    }

    /// Its container, also where it is not known whether there is one.
    String name() {
        return isStarted() ? container : instance.id();
    }
}
