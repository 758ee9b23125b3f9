package dev.johwa.main;

import dev.johwa.build.registry.ContentDigest;
import dev.johwa.build.registry.Manifests.Sent;
import dev.johwa.build.registry.Reference;
import dev.johwa.build.registry.Registry;
import dev.johwa.build.registry.RepositoryName;
import dev.johwa.build.registry.Uploads.Bytes;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.process.Architecture;
import dev.johwa.main.ship.CleanRoot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// An image for others to stand on: a few programs of a clean Debian, with the Python and the Node.js of this machine
/// at places of its own.
final class BaseOfTests {
    private static final List<String> PROGRAMS =
            List.of("sh", "dash", "setpriv", "env", "dirname", "realpath", "cat", "ls", "rm", "mkdir", "cp", "id");

    private final Path scratch;
    private final Path root;

    BaseOfTests(Path scratch) {
        this.scratch = scratch;
        this.root = CleanRoot.in(scratch).root();
    }

    /// Puts it into the registry, as a push does.
    void push(Registry registry, RepositoryName repository, String tag) throws IOException, InterruptedException {
        var layer = layer();
        try (var bytes = Files.newInputStream(layer)) {
            blob(registry, repository, digest(layer), bytes);
        }
        var config = Json.bytes(Map.of(
                "architecture", Architecture.ofThisMachine(),
                "os", "linux",
                "config", Map.of("Env", List.of("PATH=/usr/local/bin:/usr/bin:/bin", "OF_BASE=yes")),
                "rootfs",
                        Map.of(
                                "type",
                                "layers",
                                "diff_ids",
                                List.of(digest(layer).text()))));
        var ofConfig = digest(config);
        blob(registry, repository, ofConfig, new ByteArrayInputStream(config));
        var manifest = Json.bytes(Map.of(
                "schemaVersion",
                2,
                "mediaType",
                "application/vnd.oci.image.manifest.v1+json",
                "config",
                descriptor("application/vnd.oci.image.config.v1+json", ofConfig, config.length),
                "layers",
                List.of(descriptor("application/vnd.oci.image.layer.v1.tar", digest(layer), Files.size(layer)))));
        registry.manifests()
                .put(
                        repository,
                        new Reference.Tag(tag),
                        new Sent(manifest, "application/vnd.oci.image.manifest.v1+json", List.of(), "test"));
    }

    private static Map<String, Object> descriptor(String type, Digest digest, long size) {
        return Map.of("mediaType", type, "digest", digest.text(), "size", size);
    }

    private static void blob(Registry registry, RepositoryName repository, Digest digest, InputStream bytes)
            throws IOException {
        registry.uploads().whole(repository, new ContentDigest(digest.text()), Bytes.next(bytes));
    }

    private static Digest digest(byte[] bytes) {
        var hash = Digest.sha256();
        hash.update(bytes);
        return Digest.of(hash);
    }

    private static Digest digest(Path file) throws IOException {
        var hash = Digest.sha256();
        try (var bytes = Files.newInputStream(file)) {
            var piece = new byte[1 << 16];
            for (int read = bytes.read(piece); read >= 0; read = bytes.read(piece)) {
                hash.update(piece, 0, read);
            }
        }
        return Digest.of(hash);
    }

    private Path layer() throws IOException, InterruptedException {
        var file = scratch.resolve("base.tar");
        if (Files.exists(file)) {
            return file;
        }
        try (var tar = new TarArchiveOutputStream(Files.newOutputStream(file), StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (var name : List.of("bin", "lib", "lib64", "etc/passwd", "etc/group", "etc/ld.so.conf")) {
                add(tar, root.resolve(name), name);
            }
            for (var name : PROGRAMS) {
                add(tar, root.resolve("usr/bin").resolve(name), "usr/bin/" + name);
            }
            for (var folder : List.of("usr/lib/x86_64-linux-gnu", "usr/lib64")) {
                try (var files = Files.newDirectoryStream(root.resolve(folder), "*.so*")) {
                    for (var each : files) {
                        add(tar, each, folder + "/" + each.getFileName());
                    }
                }
            }
            python(tar);
            node(tar);
            var temporary = new TarArchiveEntry("tmp/");
            temporary.setMode(01777);
            tar.putArchiveEntry(temporary);
            tar.closeArchiveEntry();
        }
        return file;
    }

    private void python(TarArchiveOutputStream tar) throws IOException, InterruptedException {
        var said = CleanRoot.run(
                List.of("python3", "-c", "import sys; print(sys.base_prefix, '%d.%d' % sys.version_info[:2])"), 20);
        var prefix = Path.of(said.strip().split(" ")[0]);
        var version = version(said);
        add(tar, prefix.resolve("bin/python" + version).toRealPath(), "usr/local/bin/python" + version);
        link(tar, "usr/local/bin/python3", "python" + version);
        var library = "lib/python" + version;
        try (var files = Files.walk(prefix.resolve(library))) {
            for (var each : files.filter(BaseOfTests::isWanted).toList()) {
                add(tar, each, "usr/local/" + prefix.relativize(each));
            }
        }
        try (var files = Files.newDirectoryStream(prefix.resolve("lib"), "libpython*.so*")) {
            for (var each : files) {
                add(tar, each, "usr/lib/x86_64-linux-gnu/" + each.getFileName());
            }
        }
    }

    /// Of the Python that this machine has: `3.11`.
    static String version(String said) {
        return said.strip().split(" ")[1];
    }

    private static boolean isWanted(Path file) {
        var name = file.toString();
        return !name.contains("/__pycache__")
                && !name.contains("/test/")
                && !name.contains("/config-3")
                && !name.contains("/site-packages/")
                && !name.contains("/idlelib/");
    }

    private static void node(TarArchiveOutputStream tar) throws IOException, InterruptedException {
        var program =
                CleanRoot.run(List.of("node", "-p", "process.execPath"), 20).strip();
        add(tar, Path.of(program), "usr/local/bin/node");
        var npm = Path.of(program).resolve("../../lib/node_modules/npm").normalize();
        try (var files = Files.walk(npm)) {
            for (var each : files.toList()) {
                add(tar, each, "usr/local/lib/node_modules/npm/" + npm.relativize(each));
            }
        }
        link(tar, "usr/local/bin/npm", "../lib/node_modules/npm/bin/npm-cli.js");
    }

    private static void link(TarArchiveOutputStream tar, String name, String target) throws IOException {
        var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static void add(TarArchiveOutputStream tar, Path file, String name) {
        try {
            if (Files.isSymbolicLink(file)) {
                link(tar, name, Files.readSymbolicLink(file).toString());
            } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                var entry = new TarArchiveEntry(name);
                entry.setSize(Files.size(file));
                entry.setMode(Files.isExecutable(file) ? 0755 : 0644);
                tar.putArchiveEntry(entry);
                Files.copy(file, tar);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
