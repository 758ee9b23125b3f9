package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/// A push of very many small files. `-Djohwa.manyFiles=100000` makes it as many as the promise says.
class ManyFilesTest {
    private static final int FILES = Integer.getInteger("johwa.manyFiles", 5_000);

    @Test
    void aPushOfManyFilesIsLive() throws Exception {
        try (var platform = new Platform()) {
            var repository = platform.repository("many", "public/index.html", "many");
            var stream = Files.write(repository.resolve("stream"), stream());
            var taking = new ProcessBuilder("git", "fast-import", "--quiet")
                    .directory(repository.toFile())
                    .redirectInput(stream.toFile())
                    .start();
            assertThat(taking.waitFor()).isZero();

            var said = platform.push(repository, "many:main");

            assertThat(said).contains("live");
            assertThat(platform.body("many")).isEqualTo("many");
            int last = FILES - 1;
            assertThat(platform.get("many.localhost", "/d" + last % 1000 + "/f" + last + ".txt")
                            .body())
                    .isEqualTo("file " + last);
        }
    }

    /// What `git fast-import` reads: the files lie in a thousand folders.
    private static byte[] stream() throws IOException {
        var out = new ByteArrayOutputStream();
        out.write("commit refs/heads/many\ncommitter T <t@example.com> 1700000000 +0000\ndata 4\nmany\n"
                .getBytes(StandardCharsets.UTF_8));
        write(out, "public/index.html", "many");
        for (int i = 0; i < FILES; i++) {
            write(out, "public/d" + i % 1000 + "/f" + i + ".txt", "file " + i);
        }
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, String name, String text) throws IOException {
        out.write(("M 100644 inline " + name + "\ndata " + text.length() + "\n" + text + "\n")
                .getBytes(StandardCharsets.UTF_8));
    }
}
