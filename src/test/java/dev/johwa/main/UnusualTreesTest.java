package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Trees that git allows and few expect, through the whole run.
class UnusualTreesTest {
    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    @Test
    void submodulesAreToldAndTheRestIsLive() throws Exception {
        var repository = platform.repository("parts", "public/index.html", "parts");
        platform.git(repository, "update-index", "--add", "--cacheinfo", "160000," + "1".repeat(40) + ",lib/part");
        platform.git(repository, "commit", "-q", "-m", "Submodule");

        var said = platform.push(repository, "main");

        assertThat(said).contains("submodules are not fetched").contains("lib/part");
        // Nobody knows what shows it: no colours, no lines that redraw themselves.
        assertThat(said).doesNotContain("\u001b").doesNotContain("\r");
        assertThat(platform.body("parts")).isEqualTo("parts");
    }

    @Test
    void aLinkOutOfTheTreeStopsTheRunAndTheOldKeepsServing() throws Exception {
        var repository = platform.repository("links", "public/index.html", "links");
        platform.push(repository, "main");
        Files.createSymbolicLink(repository.resolve("public/passwd"), Path.of("/etc/passwd"));
        platform.commit(repository);

        var said = platform.push(repository, "main");

        assertThat(said)
                .contains("public/passwd: the symbolic link points out of the repository, to /etc/passwd")
                .contains("release 1 keeps serving");
        assertThat(platform.body("links")).isEqualTo("links");
        assertThat(platform.get("links.localhost", "/passwd").statusCode()).isEqualTo(404);
    }

    @Test
    void namesOfAnyBytesAreServed() throws Exception {
        var repository = platform.repository("names", "public/index.html", "names");
        for (var name :
                new String[] {"new\nline", "quote\"'`$x", "tab\t", "back\\slash", "-rf", " ", "*", "\u007f", "ü", "%41"
                }) {
            Files.writeString(repository.resolve("public").resolve(name), name);
        }
        platform.commit(repository);

        assertThat(platform.push(repository, "main")).contains("live");
        assertThat(platform.get("names.localhost", "/new%0Aline").body()).isEqualTo("new\nline");
        assertThat(platform.get("names.localhost", "/%2541").body()).isEqualTo("%41");
    }

    @Test
    void aCommitWithoutFilesIsToldToBeNothingKnown() throws Exception {
        var repository = platform.repository("bare");
        var said = platform.push(repository, "main");

        assertThat(said).contains("A Procfile with one line makes anything run").doesNotContain("bug in Johwa");
    }
}
