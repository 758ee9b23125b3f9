package dev.johwa.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderCommitTest {
    @TempDir
    Path temporary;

    @Test
    void moreFilesThanAnApplicationHasAreRefusedAndIgnoredOnesDoNotCount() throws Exception {
        var repositories = new Repositories(temporary.resolve("git"), Optional.empty());
        repositories.create("shop");
        var files = Files.createDirectories(temporary.resolve("files/much")).getParent();
        for (int i = 0; i < 12; i++) {
            Files.writeString(files.resolve("much/" + i), "x");
        }
        var commit = new FolderCommit(repositories.path("shop"), files, 10);

        assertThatThrownBy(() -> commit.commit("main"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("holds more than 10 files that no .gitignore names");
        assertThatThrownBy(commit::fingerprint).isInstanceOf(ProblemException.class);

        Files.writeString(files.resolve(".gitignore"), "much/\n");
        assertThat(commit.commit("main").to()).hasSize(40);
    }
}
