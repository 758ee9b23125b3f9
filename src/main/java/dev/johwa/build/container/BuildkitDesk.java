package dev.johwa.build.container;

import dev.johwa.build.image.ContextTar;
import dev.johwa.lib.docker.Credential;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.file.Whole;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A folder for the time of one build, which only we may open.
record BuildkitDesk(Path folder) implements AutoCloseable {
    static BuildkitDesk in(Path work) {
        try {
            Files.createDirectories(work);
            return new BuildkitDesk(Files.createTempDirectory(
                    work, "build", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Takes away what builds have left that were killed with us.
    ///
    /// @param before which nothing that still builds was begun
    static void sweep(Path work, Instant before) {
        Trees.children(work).stream()
                .filter(each -> Trees.modifiedAt(each) < before.toEpochMilli())
                .forEach(Trees::delete);
    }

    /// The files that the build sees.
    Path context() {
        return folder.resolve("context");
    }

    void place(ContextTar files) {
        files.place(context());
    }

    /// Where `buildctl` finds with what to sign in.
    Path signIn() {
        return folder.resolve("docker");
    }

    /// Format: <https://docs.docker.com/reference/cli/docker/login/#credential-stores>, without a store.
    void signIn(Credential credential) {
        var words = credential.user() + ":" + credential.password();
        var auth = Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8));
        var config = Map.of("auths", Map.of(credential.registry(), Map.of("auth", auth)));
        try {
            Files.createDirectories(signIn());
            Whole.write(signIn().resolve("config.json"), Json.bytes(config), "rw-------");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What `buildctl` itself prints.
    Path printed() {
        return folder.resolve("printed");
    }

    Path image() {
        return folder.resolve("image.tar");
    }

    Path told() {
        return folder.resolve("told.json");
    }

    /// What the builder told of the image when it was done.
    JsonNode readTold() {
        try {
            return Json.tree(Files.readString(told()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Trees.delete(folder);
    }
}
