package dev.johwa.lib.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobsTest {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    Path folder;

    private Blobs blobs;

    @BeforeEach
    void open() {
        blobs = new Blobs(folder);
    }

    private Path file(Digest digest) {
        return folder.resolve("sha256").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }

    private static byte[] bytes(long seed, int length) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private long filesBelow(String name) throws IOException {
        try (var files = Files.walk(folder.resolve(name))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void aBlobHasTheDigestThatEverybodyKnows() {
        assertThat(blobs.put("abc".getBytes(UTF_8)).text())
                .isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(blobs.put(new byte[0]).hex())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void whatWasStoredIsThereForTheNextToOpenTheFolder() {
        var bytes = bytes(1, 3_000_000);
        var digest = blobs.put(bytes);

        assertThat(new Blobs(folder).read(digest)).isEqualTo(bytes);
        assertThat(new Blobs(folder).list()).containsExactly(digest);
    }

    @Test
    void theSecondTimeNothingIsWrittenButItCountsAsNew() throws IOException {
        var first = blobs.store(out -> out.write(bytes(2, 1000)));
        Files.setLastModifiedTime(file(first.digest()), FileTime.fromMillis(1000));
        var before = Files.getAttribute(file(first.digest()), "unix:ino");

        var second = blobs.store(out -> out.write(bytes(2, 1000)));

        assertThat(first.isNew()).isTrue();
        assertThat(second.isNew()).isFalse();
        assertThat(Files.getAttribute(file(first.digest()), "unix:ino")).isEqualTo(before);
        assertThat(blobs.deleteOlder(first.digest(), Instant.ofEpochMilli(5000)))
                .isZero();
        assertThat(filesBelow("incoming")).isZero();
    }

    @Test
    void aDamagedBlobIsToldAndTheNextPutHealsIt() throws IOException {
        var bytes = bytes(3, 100_000);
        var digest = blobs.put(bytes);
        var damaged = bytes.clone();
        damaged[77_777] ^= 1;
        Files.write(file(digest), damaged);

        assertThatThrownBy(() -> blobs.read(digest)).isInstanceOfSatisfying(ProblemException.class, told -> {
            assertThat(told.problem().code()).isEqualTo("blob.damaged");
            assertThat(told.problem().kind()).isEqualTo(Problem.system("", "").kind());
            assertThat(told.problem().hint()).contains("push again");
        });
        assertThat(blobs.put(bytes)).isEqualTo(digest);
        assertThat(blobs.read(digest)).isEqualTo(bytes);
    }

    @Test
    void aBlobCutShortIsToldAndHealedByThePutAlone() throws IOException {
        var bytes = bytes(4, 100_000);
        var digest = blobs.put(bytes);
        Files.write(file(digest), new byte[10]);

        blobs.put(bytes);

        assertThat(blobs.read(digest)).isEqualTo(bytes);
    }

    @Test
    void skippedBytesAreCheckedToo() throws IOException {
        var digest = blobs.put(bytes(5, 1000));
        var damaged = bytes(5, 1000);
        damaged[3] ^= 1;
        Files.write(file(digest), damaged);

        assertThatThrownBy(() -> {
                    try (var input = blobs.open(digest)) {
                        input.skipNBytes(900);
                        input.transferTo(OutputStream.nullOutputStream());
                    }
                })
                .hasMessageContaining("is damaged");
    }

    @Test
    void aMissingBlobSaysWhatToDo() {
        var digest = new Digest("sha256:" + "0".repeat(64));

        assertThatThrownBy(() -> blobs.read(digest)).hasMessageContaining("is not in the store");
        assertThat(blobs.renew(digest, Instant.EPOCH)).isFalse();
    }

    @Test
    void aWriterThatFailsLeavesNothing() throws IOException {
        assertThatThrownBy(() -> blobs.put(out -> {
                    out.write(bytes(6, 1000));
                    throw new IOException("no more");
                }))
                .hasMessageContaining("no more");
        assertThat(filesBelow(".")).isZero();
    }

    @Test
    void manyThreadsStoreTheSameAndOtherBytes() {
        var digests = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> blobs.put(bytes(i % 10, 10_000)))
                .distinct()
                .toList();

        assertThat(digests)
                .hasSize(10)
                .allSatisfy(digest -> assertThat(blobs.read(digest)).hasSize(10_000));
        assertThat(blobs.list()).containsExactlyInAnyOrderElementsOf(digests);
    }

    @Test
    void theStoreNeverHoldsHalfABlobWhenItsWriterIsKilled() throws Exception {
        var whole = blobs.put(bytes(0, 5_000_000));
        blobs.delete(whole);
        for (int round = 0; round < 3; round++) {
            var writer = new ProcessBuilder(
                            JAVA, "-cp", System.getProperty("java.class.path"), Endless.class.getName(), "" + folder)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile())
                    .start();
            try {
                awaitBlobs(2);
            } finally {
                writer.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
            assertThat(blobs.list())
                    .isNotEmpty()
                    .allSatisfy(digest -> assertThat(blobs.read(digest)).isNotEmpty());
            blobs.list().forEach(blobs::delete);
        }
        blobs.sweep(Instant.now().plusSeconds(60));
        assertThat(filesBelow("incoming")).isZero();
    }

    private void awaitBlobs(int count) throws InterruptedException {
        var deadline = Instant.now().plusSeconds(30);
        while (blobs.list().size() < count && Instant.now().isBefore(deadline)) {
            Thread.sleep(1);
        }
        assertThat(blobs.list()).hasSizeGreaterThanOrEqualTo(count);
    }

    /// Stores one blob after the other until it is killed.
    static final class Endless {
        public static void main(String[] arguments) {
            var blobs = new Blobs(Path.of(arguments[0]));
            for (long seed = 0; ; seed++) {
                blobs.put(bytes(seed, 5_000_000));
            }
        }
    }

    @Test
    void aFullDiskIsToldAndLeavesNothing() throws Exception {
        var small = Files.createDirectory(folder.resolve("small"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=2m", "none", small.toString()))
                .as("needs root")
                .isZero();
        try {
            var full = new Blobs(small);
            var first = full.put(bytes(7, 1_000_000));

            assertThatThrownBy(() -> full.put(bytes(8, 3_000_000)))
                    .isInstanceOfSatisfying(ProblemException.class, told -> {
                        assertThat(told.problem().kind())
                                .isEqualTo(Problem.resource("", "").kind());
                        assertThat(told.problem().text())
                                .contains("No space left")
                                .contains("free space");
                    });
            assertThat(filesBelow("small/incoming")).isZero();
            assertThat(full.read(first)).hasSize(1_000_000);
        } finally {
            run("umount", small.toString());
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor();
    }

    @Test
    void onlyOldBlobsAndLeftoversGo() throws IOException {
        var young = blobs.put(bytes(9, 10));
        var old = blobs.put(bytes(10, 10));
        Files.setLastModifiedTime(file(old), FileTime.fromMillis(1000));
        Files.write(folder.resolve("incoming/blob-left"), new byte[5]);
        var hour = Instant.now().minusSeconds(3600);
        blobs.sweep(hour);

        assertThat(blobs.deleteOlder(old, hour)).isEqualTo(10);
        assertThat(blobs.deleteOlder(young, hour)).isZero();
        assertThat(blobs.has(young)).isTrue();
        assertThat(blobs.has(old)).isFalse();
        assertThat(filesBelow("incoming")).isEqualTo(1);
    }
}
