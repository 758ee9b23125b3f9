package dev.johwa.door.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.git.GitClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server on a machine without git serves everything itself.
class GitWithoutGitTest {
    @TempDir
    Path folder;

    private GitDoor door;
    private GitClient work;

    @BeforeEach
    void open() throws IOException {
        door = new GitDoor(
                Files.createDirectories(folder.resolve("server")),
                GitDoor.Engine.OWN,
                (push, progress) -> Optional.empty());
        work = GitClient.init(folder.resolve("work"));
        for (int i = 1; i <= 3; i++) {
            work.commit("file" + i, "text " + i + "\n");
        }
        work.run("push", "-q", door.url("shop"), "main").ok();
    }

    @AfterEach
    void close() {
        door.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2"})
    void clonesAreWholeShallowAndPartial(String version) throws IOException {
        var protocol = "protocol.version=" + version;
        var whole = work.cloned(folder.resolve("whole"), door.url("shop"), "-c", protocol);
        var shallow = work.cloned(folder.resolve("shallow"), door.url("shop"), "-c", protocol, "--depth=1");
        var partial = work.cloned(folder.resolve("partial"), door.url("shop"), "-c", protocol, "--filter=blob:none");
        var next = work.commit("next", "next");
        work.run("push", "-q", door.url("shop"), "main").ok();

        for (var clone : new GitClient[] {whole, shallow, partial}) {
            clone.run("pull", "-q").ok();
            assertThat(clone.head()).isEqualTo(next);
            assertThat(clone.folder().resolve("file1")).hasContent("text 1");
        }
        assertThat(shallow.run("rev-list", "--count", "HEAD").line()).isEqualTo("2");
        assertThat(partial.run("show", "HEAD~2:file2").line()).isEqualTo("text 2");
    }
}
