package dev.johwa.door.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.source.git.GitClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Clients that end in the middle of sending.
class GitCutOffTest {
    @TempDir
    Path folder;

    private GitDoor door;
    private GitClient work;

    @BeforeEach
    void open() throws IOException {
        work = GitClient.init(folder.resolve("work"));
        work.run("config", "core.compression", "0").ok();
    }

    @AfterEach
    void close() {
        door.close();
    }

    private void open(GitDoor.Engine engine) throws IOException {
        door = new GitDoor(
                Files.createDirectories(folder.resolve("server")), engine, (push, progress) -> Optional.empty());
    }

    private void commitNoise(int megabytes) throws IOException {
        var noise = new byte[megabytes << 20];
        new Random(7).nextBytes(noise);
        Files.write(work.folder().resolve("noise"), noise);
        work.commit("more", "more");
    }

    /// Kills git with all its processes as soon as part of the pack has come.
    private void pushAndKill() throws IOException {
        var push = work.start("push", door.url("shop"), "main");
        Wait.eventually(() -> hasHalfAPack() || !push.isAlive());
        assertThat(push.isAlive()).as("still pushing").isTrue();
        push.descendants().forEach(ProcessHandle::destroyForcibly);
        push.destroyForcibly();
    }

    private boolean hasHalfAPack() {
        try (var files = Files.walk(folder.resolve("server/git"))) {
            return files.map(file -> file.getFileName().toString())
                    .anyMatch(name -> name.startsWith("tmp_pack_") || name.startsWith("incoming_"));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource(GitDoor.Engine.class)
    void nothingIsLeftOfAFirstPushThatWasCutOffAndTheNextOneWorks(GitDoor.Engine engine) throws IOException {
        open(engine);
        commitNoise(64);

        pushAndKill();

        Wait.eventually(() -> door.repositories.list().isEmpty());
        assertThat(door.pushes).isEmpty();
        work.run("push", "-q", door.url("shop"), "main").ok();
        assertThat(door.packs("shop")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(GitDoor.Engine.class)
    void whatIsThereStaysAsItWas(GitDoor.Engine engine) throws IOException {
        open(engine);
        work.commit("first", "first");
        work.run("push", "-q", door.url("shop"), "main").ok();
        var before = work.head();
        commitNoise(64);

        pushAndKill();

        Wait.eventually(() -> !hasHalfAPack());
        assertThat(work.run("ls-remote", door.url("shop"), "main").line()).startsWith(before);
        assertThat(door.packs("shop")).hasSize(1);
        work.run("push", "-q", door.url("shop"), "main").ok();
        assertThat(door.packs("shop")).hasSize(2);
    }
}
