package dev.johwa.door.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.DockerDaemon;
import dev.johwa.build.registry.ContentDigest;
import dev.johwa.build.registry.Passes;
import dev.johwa.build.registry.Reference;
import dev.johwa.build.registry.RepositoryName;
import dev.johwa.lib.docker.Credential;
import dev.johwa.lib.task.Cancel;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real Docker engine pushes to the registry and pulls from it, by an access token and by what the platform gives it.
class RegistryDockerTest {
    private static final RepositoryName REPOSITORY = new RepositoryName("shop/docker");

    @TempDir
    Path folder;

    private final DockerDaemon daemon = DockerDaemon.shared();
    private GitDoor door;

    @BeforeEach
    void open() {
        door = new GitDoor(folder);
    }

    @AfterEach
    void close() {
        door.close();
    }

    private String host() {
        return "127.0.0.1:" + door.port();
    }

    private Credential credential(String password) {
        return new Credential(host(), "any", password);
    }

    @Test
    void dockerPushesAndPulls() {
        var images = daemon.engine().images();
        var name = host() + "/" + REPOSITORY + ":v1";
        var base = daemon.base();
        images.tag(base, name);
        var passes = door.registry.passes();
        var pass = passes.give(new Passes.Grant(REPOSITORY, true), "johwa", Passes.USUAL);

        var pushed = images.push(name, credential(pass.password()), line -> {}, new Cancel());
        var held =
                door.registry.manifests().find(REPOSITORY, Reference.of("v1")).orElseThrow();
        assertThat(pushed).contains(held.digest().text());
        var byDigest = host() + "/" + REPOSITORY + "@" + held.digest();
        images.remove(name);
        images.pull(byDigest, Optional.of(credential(door.token)), line -> {}, new Cancel());
        assertThat(images.inspect(byDigest)).isPresent();
        images.remove(byDigest);

        passes.end(pass.password());
        images.tag(base, name);
        assertThatThrownBy(() -> images.push(name, credential(pass.password()), line -> {}, new Cancel()))
                .hasMessageContaining("unauthorized");
        images.remove(name);
        assertThat(door.registry.blob(
                        REPOSITORY, new ContentDigest(held.digest().text())))
                .isEmpty();
    }
}
