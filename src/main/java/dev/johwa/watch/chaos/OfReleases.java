package dev.johwa.watch.chaos;

import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Releases;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;

/// By what is live.
record OfReleases(Supplier<Releases> releases) implements Mender {
    @Override
    public void resume(Set<String> instances) {
        releases.get().errands().resume(instances);
    }

    @Override
    public void join(AppEnvironment where, String variable) {
        releases.get().errands().join(where, variable);
    }

    @Override
    public void reroute() {
        releases.get().reroute();
    }

    @Override
    public void disturb(AppEnvironment where, Instant until) {
        releases.get().errands().disturb(where, until);
    }
}
