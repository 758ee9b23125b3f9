package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.git.GitClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pushes far larger than the server's memory. `-Djohwa.largePush=1000` makes one of 1 GB.
class LargePushTest {
    private static final int MEGABYTES = Integer.getInteger("johwa.largePush", 120);
    private static final String HEAP = "-Xmx80m";

    @TempDir
    Path folder;

    private ChildServer server;
    private GitClient work;

    @BeforeEach
    void start() throws IOException {
        server = new ChildServer(folder.resolve("data"), HEAP);
        work = GitClient.init(folder.resolve("work"));
        work.run("config", "core.compression", "0").ok();
    }

    @AfterEach
    void end() throws IOException {
        server.close();
    }

    private void writeNoise(String file, int megabytes, int seed) throws IOException {
        var block = new byte[1 << 20];
        var random = new Random(seed);
        try (var out = Files.newOutputStream(work.folder().resolve(file))) {
            for (int i = 0; i < megabytes; i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
    }

    @Test
    void aPushLargerThanTheHeapIsLiveAndSoIsAChangeOfALargeFile() throws IOException {
        work.commit("public/index.html", "large");
        writeNoise("public/large.bin", MEGABYTES / 2, 1);
        writeNoise("public/other.bin", MEGABYTES - MEGABYTES / 2, 2);
        work.commit("public/version", "1");

        var first = work.run("push", server.gitUrl("large"), "main").ok();

        assertThat(first.text()).contains("release   1 → production").contains("live");

        // It arrives as a difference to the file before, which nobody may hold in the heap.
        try (var file = FileChannel.open(work.folder().resolve("public/large.bin"), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap("changed".getBytes(StandardCharsets.US_ASCII)), 1000);
        }
        work.commit("public/version", "2");
        var second = work.run("push", server.gitUrl("large"), "main").ok();

        assertThat(second.text()).contains("release   2 → production").contains("live");
        assertThat(server.isAlive()).isTrue();
    }
}
