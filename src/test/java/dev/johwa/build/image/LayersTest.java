package dev.johwa.build.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayersTest {
    private static final Images.Start START = new Images.Start(List.of("run"), Map.of(), List.of());
    private static final List<String> LAYERS = List.of("node_modules");
    private static final int STRANGER = 54321;

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(Instant.now().plusSeconds(5));
    private Blobs blobs;
    private Images images;
    private Path app;

    @BeforeEach
    void open() throws IOException {
        blobs = new Blobs(folder.resolve("blobs"));
        images = new Images(blobs, folder.resolve("unpacked"), clock);
        app = Files.createDirectories(folder.resolve("app"));
        Files.createDirectories(app.resolve("node_modules/a/.cache"));
        Files.writeString(app.resolve("node_modules/a/index.js"), "module");
        Files.writeString(app.resolve("node_modules/a/.cache/made.js"), "made");
        Files.writeString(app.resolve("server.js"), "server");
    }

    private Digest pack() {
        return images.pack(app, LAYERS, List.of(), START).manifest();
    }

    @Test
    void aFileThatChangedInTheApplicationAddsOnlyTheApplication() throws IOException {
        Files.write(
                app.resolve("node_modules/a/large"),
                new Random(1).ints(50_000).mapToObj(i -> "" + i).toList());
        var first = images.pack(app, LAYERS, List.of(), START);
        Files.writeString(app.resolve("server.js"), "served");

        var second = images.pack(app, LAYERS, List.of(), START);

        assertThat(first.added()).isEqualTo(first.size());
        assertThat(second.added()).isPositive().isLessThan(1000);
        assertThat(second.manifest()).isNotEqualTo(first.manifest());
    }

    @Test
    void whatTheFileSystemCallsUntouchedIsNotReadAgain() throws IOException {
        var first = pack();
        var file = app.resolve("node_modules/a/index.js");
        assertThat(file.toFile().setReadable(false)).isTrue();
        assertThat(file.toFile().setReadable(true)).isTrue();
        clock.advance(Duration.ofSeconds(5));

        assertThat(pack()).isEqualTo(first);
        assertThat(pack()).isEqualTo(first);
        try (var known = Files.list(folder.resolve("unpacked/known"))) {
            assertThat(known).as("touching a file makes its layer unknown").hasSize(3);
        }
    }

    @Test
    void aFileChangedWithItsSizeAndTimeKeptIsNoticed() throws IOException {
        var file = app.resolve("node_modules/a/index.js");
        var time = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(file, time);
        var first = pack();
        Files.writeString(file, "MODULE");
        Files.setLastModifiedTime(file, time);

        images.copyTo(pack(), folder.resolve("copy"));

        assertThat(folder.resolve("copy/node_modules/a/index.js")).hasContent("MODULE");
        assertThat(images.verify(first)).isEmpty();
    }

    @Test
    void aLayerThatWasCollectedIsPackedAnew() {
        var first = pack();
        clock.advance(Duration.ofHours(2));
        assertThat(images.collect(Set.of())).isPositive();
        assertThat(blobs.list()).isEmpty();
        assertThat(images.usage()).isZero();

        assertThat(pack()).isEqualTo(first);
        assertThat(images.verify(first)).isEmpty();
        assertThat(images.usage()).isPositive();
    }

    @Test
    void whatIsPackedAgainIsYoungAgain() {
        var first = pack();
        clock.advance(Duration.ofMinutes(90));
        blobs.list().forEach(blob -> assertThat(blobs.renew(blob, clock.now())).isTrue());
        clock.advance(Duration.ofMinutes(50));

        assertThat(images.collect(Set.of())).isZero();
        assertThat(images.verify(first)).isEmpty();
    }

    @Test
    void collectingBesidePackingLosesNothing() {
        var manifests = IntStream.range(0, 40)
                .parallel()
                .mapToObj(i -> {
                    if (i % 2 == 0) {
                        images.collect(Set.of());
                    }
                    return pack();
                })
                .distinct()
                .toList();

        assertThat(manifests)
                .hasSize(1)
                .allSatisfy(each -> assertThat(images.verify(each)).isEmpty());
    }

    @Test
    void verifySaysWhatIsMissingOrTooShort() throws IOException {
        var manifest = pack();
        var image = Json.tree(new String(blobs.read(manifest), StandardCharsets.UTF_8));
        var first = new Digest(image.path("layers").get(0).path("digest").asString());
        var second = new Digest(image.path("layers").get(1).path("digest").asString());
        blobs.delete(first);
        Files.write(file(second), new byte[3]);

        assertThat(images.verify(manifest)).hasSize(2);
        assertThat(images.verify(manifest).getFirst())
                .contains(first.shortened())
                .contains("is missing");
        assertThat(images.verify(manifest).getLast()).contains("has 3 bytes instead of");
        assertThat(images.verify(new Digest("sha256:" + "0".repeat(64))).getFirst())
                .contains("is not in the store");
        assertThat(images.verify(second)).hasSize(1);
    }

    private Path file(Digest digest) {
        return folder.resolve("blobs/sha256")
                .resolve(digest.hex().substring(0, 2))
                .resolve(digest.hex());
    }

    @Test
    void aDamagedByteOfALayerIsToldAndNothingIsUnpacked() throws IOException {
        var manifest = pack();
        var image = Json.tree(new String(blobs.read(manifest), StandardCharsets.UTF_8));
        var layer = new Digest(image.path("layers").get(1).path("digest").asString());
        try (var damaged = new RandomAccessFile(file(layer).toFile(), "rw")) {
            damaged.seek(4);
            damaged.write(1);
        }

        assertThatThrownBy(() -> images.copyTo(manifest, folder.resolve("copy")))
                .hasMessageContaining("is damaged");
        assertThat(pack()).as("packing again heals it").isEqualTo(manifest);
        images.copyTo(manifest, folder.resolve("again"));
        assertThat(folder.resolve("again/server.js")).hasContent("server");
    }

    @Test
    void manyInstancesStartAtATimeFromOneArtifact() {
        var manifest = pack();

        IntStream.range(0, 16).parallel().forEach(i -> images.copyTo(manifest, folder.resolve("copy" + i)));

        assertThat(IntStream.range(0, 16))
                .allSatisfy(i ->
                        assertThat(folder.resolve("copy" + i + "/server.js")).hasContent("server"));
    }

    @Test
    void severalProcessesUnpackTheSameAtATime() {
        var manifest = pack();
        var others = IntStream.range(0, 8)
                .mapToObj(i -> new Images(blobs, folder.resolve("unpacked"), clock))
                .toList();

        others.parallelStream().forEach(each -> each.unpack(manifest));

        assertThat(images.unpack(manifest).resolve("server.js")).hasContent("server");
        assertThat(images.unpack(manifest).resolve("node_modules/a/index.js")).hasContent("module");
    }

    @Test
    void theNextInstanceTakesAFolderThatLiesReady() throws Exception {
        assumeThat(Files.getAttribute(folder, "unix:uid")).as("needs root").isEqualTo(0);
        var manifest = pack();
        var spares = images.unpack(manifest).resolveSibling("spares");
        images.copyTo(manifest, folder.resolve("first"), STRANGER);
        images.makeSpares();
        assertThat(spares).isDirectoryContaining(spare -> spare.toString().endsWith("-" + STRANGER));

        images.copyTo(manifest, folder.resolve("second"), STRANGER);
        assertThat(spares).isEmptyDirectory();
        images.copyTo(manifest, folder.resolve("third"), STRANGER);

        for (var name : List.of("second", "third")) {
            var file = folder.resolve(name).resolve("node_modules/a/index.js");
            assertThat(Files.isSameFile(file, folder.resolve("first/node_modules/a/index.js")))
                    .isTrue();
            assertThat(Files.getAttribute(file.getParent(), "unix:uid")).isEqualTo(STRANGER);
            assertThat(Files.getAttribute(folder.resolve(name), "unix:uid")).isEqualTo(STRANGER);
            assertThat(folder.resolve(name).resolve("node_modules/a/.cache/made.js"))
                    .hasContent("made");
            assertThat(folder.resolve(name).resolve("server.js")).hasContent("server");
        }
        images.makeSpares();
        images.collect(Set.of());
        assertThat(spares).isEmptyDirectory();
    }

    @Test
    void anAccountSharesDependenciesThatItCannotWrite() throws Exception {
        assumeThat(Files.getAttribute(folder, "unix:uid")).as("needs root").isEqualTo(0);
        var manifest = pack();
        images.copyTo(manifest, folder.resolve("a"), STRANGER);
        images.copyTo(manifest, folder.resolve("b"), STRANGER);
        var shared = folder.resolve("a/node_modules/a/index.js");
        var made = folder.resolve("a/node_modules/a/.cache/made.js");
        var own = folder.resolve("a/server.js");

        assertThat(Files.isSameFile(shared, folder.resolve("b/node_modules/a/index.js")))
                .isTrue();
        assertThat(Files.getAttribute(shared, "unix:uid")).isEqualTo(0);
        assertThat(Files.getAttribute(own, "unix:uid")).isEqualTo(STRANGER);
        assertThat(Files.getAttribute(made, "unix:uid")).isEqualTo(STRANGER);
        assertThat(Files.getAttribute(shared.getParent(), "unix:gid")).isEqualTo(STRANGER);
        openToAll();
        assertThat(asStranger("echo bad >" + shared)).isNotZero();
        assertThat(asStranger("chmod 666 " + shared)).isNotZero();
        assertThat(asStranger("echo good >" + own + " && echo good >" + made)).isZero();
        assertThat(asStranger("rm " + shared + " && echo replaced >" + shared)).isZero();
        assertThat(folder.resolve("b/node_modules/a/index.js")).hasContent("module");
        assertThat(folder.resolve("b/server.js")).hasContent("server");
    }

    private void openToAll() throws IOException {
        for (var each = folder; each != null; each = each.getParent()) {
            if (each.startsWith(System.getProperty("java.io.tmpdir"))
                    && !each.equals(Path.of(System.getProperty("java.io.tmpdir")))) {
                Files.setAttribute(each, "unix:mode", 0755);
            }
        }
    }

    private static int asStranger(String script) throws IOException, InterruptedException {
        return new ProcessBuilder(
                        "setpriv",
                        "--reuid",
                        "" + STRANGER,
                        "--regid",
                        "" + STRANGER,
                        "--clear-groups",
                        "sh",
                        "-c",
                        script)
                .start()
                .waitFor();
    }

    @Test
    void aPipeIsRefusedAndASocketLeftOut() throws Exception {
        var socket = UnixDomainSocketAddress.of(app.resolve("s"));
        try (var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(socket);
            images.copyTo(pack(), folder.resolve("copy"));
        }
        assertThat(folder.resolve("copy/server.js")).exists();
        assertThat(folder.resolve("copy/s")).doesNotExist();
        assertThat(new ProcessBuilder("mkfifo", app.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThatThrownBy(this::pack).hasMessageContaining("'pipe' is a pipe or a device");
    }

    @Test
    void setuidAndOddModesAreDropped() throws IOException {
        Files.setAttribute(app.resolve("server.js"), "unix:mode", 0100000 | 06777);

        images.copyTo(pack(), folder.resolve("copy"));

        assertThat((int) Files.getAttribute(folder.resolve("copy/server.js"), "unix:mode") & 07777)
                .isEqualTo(0755);
    }

    @Test
    void entriesThatEscapeAreRefused() {
        refuses(entry("../evil", TarConstants.LF_NORMAL, ""));
        refuses(entry("app/../../evil", TarConstants.LF_NORMAL, ""));
        refuses(entry("/app/evil", TarConstants.LF_NORMAL, ""));
        refuses(entry("etc/evil", TarConstants.LF_NORMAL, ""));
        refuses(entry("app/device", TarConstants.LF_CHR, ""));
        refuses(entry("app/pipe", TarConstants.LF_FIFO, ""));
        refuses(entry("app/hard", TarConstants.LF_LINK, "../../etc/passwd"));
        refuses(entry("app/out", TarConstants.LF_SYMLINK, "/tmp"), entry("app/out/evil", TarConstants.LF_NORMAL, ""));
        refuses(entry("app/out", TarConstants.LF_SYMLINK, "/tmp"), entry("app/out", TarConstants.LF_NORMAL, ""));
        refuses(
                entry("app/out/", TarConstants.LF_DIR, ""),
                entry("app/out", TarConstants.LF_SYMLINK, "/tmp"),
                entry("app/out/evil", TarConstants.LF_NORMAL, ""));
        assertThat(folder.resolve("evil")).doesNotExist();
    }

    private static TarArchiveEntry entry(String name, byte kind, String target) {
        var entry = new TarArchiveEntry(name, kind, true);
        entry.setLinkName(target);
        return entry;
    }

    private void refuses(TarArchiveEntry... entries) {
        var config = blobs.put("{}".getBytes(StandardCharsets.UTF_8));
        var manifest = blobs.put(
                Manifest.of(new byte[2], config, List.of(layer(entries))).bytes());

        assertThatThrownBy(() -> images.unpack(manifest)).hasMessageContaining("the artifact is refused");
        assertThatThrownBy(() -> images.copyTo(manifest, folder.resolve("copy")))
                .hasMessageContaining("the artifact is refused");
    }

    @Test
    void aLinkInOneLayerDoesNotLeadAnotherAstray() {
        var one = layer(entry("app/out", TarConstants.LF_SYMLINK, folder.toString()));
        var other =
                layer(entry("app/out/", TarConstants.LF_DIR, ""), entry("app/out/evil", TarConstants.LF_NORMAL, ""));
        var config = blobs.put("{}".getBytes(StandardCharsets.UTF_8));
        var manifest =
                blobs.put(Manifest.of(new byte[2], config, List.of(one, other)).bytes());

        assertThatThrownBy(() -> images.copyTo(manifest, folder.resolve("copy")))
                .hasMessageContaining("both hold 'out'");
        assertThat(folder.resolve("evil")).doesNotExist();
    }

    private Layer layer(TarArchiveEntry... entries) {
        var blob = blobs.put(out -> {
            try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
                for (var entry : entries) {
                    tar.putArchiveEntry(entry);
                    tar.closeArchiveEntry();
                }
            }
        });
        return new Layer(blob, blob, blobs.size(blob), "");
    }
}
