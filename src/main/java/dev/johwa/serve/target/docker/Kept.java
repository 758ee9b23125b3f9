package dev.johwa.serve.target.docker;

import dev.johwa.serve.target.Instance;
import java.util.List;

/// What is written to the file `state` of an instance's folder: before its container is created, and once more when it
/// was started.
///
/// @param container its id; empty until it was started
/// @param image by which the engine knows it
/// @param port in the container, the one it was told in `PORT`
/// @param published port of this machine's loopback that leads there; 0 when none does
/// @param check argv of its HEALTHCHECK
record Kept(Instance instance, String container, String image, int port, int published, List<String> check) {
    Kept {
        check = List.copyOf(check);
    }

    static Kept intent(Instance instance) {
        return new Kept(instance, "", "", 0, 0, List.of());
    }

    boolean isStarted() {
        return !container.isEmpty();
    }

    /// Its container, also where it is not known whether there is one.
    String name() {
        return isStarted() ? container : instance.id();
    }
}
