package dev.johwa.main;

import dev.johwa.build.container.Inbox;
import dev.johwa.build.registry.Passes.Grant;
import dev.johwa.build.registry.Registry;
import dev.johwa.build.registry.RepositoryName;
import dev.johwa.lib.docker.Credential;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Our own registry, into which the container engine pushes what it built over the loopback: once the door is open, and
/// where it opens there. Safe for use by many threads.
final class RegistryInbox implements Inbox {
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Registry registry;
    private volatile Optional<String> address = Optional.empty();

    RegistryInbox(Registry registry) {
        this.registry = registry;
    }

    /// @param url where the door is
    void at(String url) {
        var place = URI.create(url);
        // Who listens everywhere is met there too.
        var host = place.getHost().replaceFirst("^(localhost|0\\.0\\.0\\.0|\\[[0:]+])$", "127.0.0.1");
        address = host.startsWith("127.") ? Optional.of(host + ":" + place.getPort()) : Optional.empty();
    }

    @Override
    public Optional<Way> open(String name) {
        return address.map(at -> {
            var repository = new RepositoryName(name);
            var pass = registry.passes().give(new Grant(repository, true), "build", LONGEST);
            return new Way(
                    at + "/" + repository.text(),
                    new Credential(at, pass.user(), pass.password()),
                    () -> registry.passes().end(pass.password()));
        });
    }
}
