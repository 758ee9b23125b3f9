package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.SmallDisk;
import dev.johwa.Wait;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is full, in each stage of a push: it is said, the old release keeps serving, and with space again the
/// next push is live. The data folder lies on a small disk of the test's own.
class FullDiskTest {
    private static final int MIB = 1 << 20;
    private static final int DISK = 96;
    private static final String[] PAGES = {"index.html", "<h1>1</h1>", "package.json", manifest("true", "true")};

    @TempDir
    Path disk;

    private SmallDisk mounted;
    private Platform platform;
    private Path repository;

    private static String manifest(String test, String build) {
        return "{\"scripts\": {\"test\": \"" + test + "\", \"build\": \"" + build + "\"}}";
    }

    @BeforeEach
    void start() throws Exception {
        mounted = SmallDisk.at(disk, DISK);
        platform = new Platform(Platform.at(disk.resolve("data")));
        repository = platform.repository("shop", PAGES);
        assertThat(platform.push(repository, "main")).contains("http://shop.localhost:");
    }

    @AfterEach
    void end() throws Exception {
        if (platform != null) {
            platform.close();
            mounted.close();
        }
    }

    /// Takes all of the disk but so many MiB; of nothing, not even a page is left.
    private void leave(int mebibytes) throws IOException {
        try (var file = new RandomAccessFile(disk.resolve("ballast").toFile(), "rw")) {
            var block = new byte[MIB / 4];
            while (disk.toFile().getUsableSpace() > (long) mebibytes * MIB + block.length) {
                file.write(block);
            }
            if (mebibytes == 0) {
                fill(file);
            }
        }
    }

    private static void fill(RandomAccessFile file) {
        try {
            while (true) {
                file.write(new byte[1024]);
            }
        } catch (IOException full) {
            // That was the last of it.
        }
    }

    private void theOldServesAndWithSpaceTheNextIsLive() throws Exception {
        assertThat(platform.body("shop")).isEqualTo("<h1>1</h1>");
        Files.deleteIfExists(disk.resolve("ballast"));
        platform.commit(repository, "index.html", "<h1>2</h1>", "package.json", manifest("true", "true"));
        var output = platform.push(repository, "main");
        assertThat(output).contains("http://shop.localhost:");
        assertThat(platform.body("shop")).isEqualTo("<h1>2</h1>");
    }

    @Test
    void whenGitReceives() throws Exception {
        var noise = new byte[8 * MIB];
        RandomGenerator.of("L64X128MixRandom").nextBytes(noise);
        Files.write(repository.resolve("noise"), noise);
        platform.commit(repository);
        leave(2);

        assertThat(platform.push(repository, "main")).contains("unpack failed", "the disk of the server is full");

        theOldServesAndWithSpaceTheNextIsLive();
    }

    @Test
    void whenFilesAreCheckedOut() throws Exception {
        Files.write(repository.resolve("zeros"), new byte[16 * MIB]);
        platform.commit(repository);
        leave(6);

        assertThat(platform.push(repository, "main")).contains("disk of the server is full");

        Files.delete(repository.resolve("zeros"));
        theOldServesAndWithSpaceTheNextIsLive();
    }

    @Test
    void whenAStepFillsIt() throws Exception {
        var fill = "head -c 900000000 /dev/zero > rubbish";
        for (var scripts : new String[] {manifest(fill, "true"), manifest("true", fill)}) {
            platform.commit(repository, "package.json", scripts);

            assertThat(platform.push(repository, "main"))
                    .contains("The disk of the server is full")
                    .contains("release 1 keeps serving");
            assertThat(platform.body("shop")).isEqualTo("<h1>1</h1>");
        }
        theOldServesAndWithSpaceTheNextIsLive();
    }

    @Test
    void whenPackagesAreInstalled() throws Exception {
        platform.commit(
                repository,
                "big/package.json",
                "{\"name\": \"big\", \"version\": \"1.0.0\", \"scripts\":"
                        + " {\"install\": \"head -c 900000000 /dev/zero > rubbish\"}}",
                "package.json",
                "{\"dependencies\": {\"big\": \"file:./big\"}, \"scripts\": {\"install\":"
                        + " \"head -c 900000000 /dev/zero > rubbish\", \"build\": \"true\"}}");

        assertThat(platform.push(repository, "main"))
                .contains("The disk of the server is full")
                .contains("release 1 keeps serving");

        theOldServesAndWithSpaceTheNextIsLive();
    }

    @Test
    void whenTheArtifactIsStored() throws Exception {
        leave(30);
        platform.commit(repository, "package.json", manifest("true", "head -c 20000000 /dev/urandom > noise"));

        assertThat(platform.push(repository, "main"))
                .containsIgnoringCase("disk")
                .contains("release 1 keeps serving");

        theOldServesAndWithSpaceTheNextIsLive();
    }

    @Test
    void whenTheArtifactIsUnpacked() throws Exception {
        leave(30);
        platform.commit(repository, "package.json", manifest("true", "head -c 20000000 /dev/zero > zeros"));

        var output = platform.push(repository, "main");

        assertThat(output).doesNotContain("a bug in Johwa");
        assertThat(platform.body("shop")).isEqualTo("<h1>1</h1>");
        theOldServesAndWithSpaceTheNextIsLive();
    }

    @Test
    void whenNothingAtAllIsLeft() throws Exception {
        platform.commit(repository, "index.html", "<h1>none</h1>");
        leave(0);

        var output = platform.push(repository, "main");

        assertThat(output)
                .contains("the disk of the server is almost full")
                .contains("it takes no pushes until there is room; what is live serves on")
                .doesNotContain("a bug in Johwa")
                .doesNotContain("Exception");
        assertThat(platform.body("shop")).isEqualTo("<h1>1</h1>");
        whereThereIsLittleABuildWaitsAndGoesOnByItself();
        theOldServesAndWithSpaceTheNextIsLive();
    }

    private void whereThereIsLittleABuildWaitsAndGoesOnByItself() throws Exception {
        Files.delete(disk.resolve("ballast"));
        leave(3);
        // How much is free is looked at a few times a second.
        Wait.eventually(() -> platform.push(repository, "-o", "nowait", "main").contains("Run 2 goes on"));
        Wait.eventually(() -> log(2).contains("waiting   for room on the disk of the server"));
        assertThat(platform.body("shop")).isEqualTo("<h1>1</h1>");
        Files.delete(disk.resolve("ballast"));
        Wait.eventually(() -> log(2).contains("live"));
        assertThat(platform.body("shop")).isEqualTo("<h1>none</h1>");
        platform.commit(repository, "index.html", "<h1>1</h1>");
        assertThat(platform.push(repository, "main")).contains("live");
    }

    private String log(int run) {
        try (var lines = platform.server().pipelines().log("shop", run)) {
            return String.join("\n", lines.toList());
        }
    }
}
