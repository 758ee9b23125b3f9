package dev.johwa.door.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.johwa.lib.blob.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// Images in folders, as the OCI image specification lays them out.
final class Layouts {
    private Layouts() {}

    /// One image `v1` of one layer with one file.
    static void write(Path folder, String text) throws IOException {
        Files.createDirectories(folder.resolve("blobs/sha256"));
        Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        var tar = tar(text);
        var layer = put(folder, gzip(tar), "application/vnd.oci.image.layer.v1.tar+gzip");
        var content = digest(tar);
        var config = put(
                folder,
                ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\","
                                + "\"diff_ids\":[\"" + content + "\"]}}")
                        .getBytes(UTF_8),
                "application/vnd.oci.image.config.v1+json");
        var manifest = put(
                folder,
                ("{\"schemaVersion\":2,\"mediaType\":\"" + ImageClient.IMAGE + "\",\"config\":" + config
                                + ",\"layers\":[" + layer + "]}")
                        .getBytes(UTF_8),
                ImageClient.IMAGE);
        var named = manifest.replaceFirst("\\{", "{\"annotations\":{\"org.opencontainers.image.ref.name\":\"v1\"},");
        Files.writeString(folder.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[" + named + "]}");
    }

    /// @return its descriptor
    private static String put(Path folder, byte[] bytes, String type) throws IOException {
        var digest = digest(bytes);
        Files.write(folder.resolve("blobs/sha256").resolve(digest.hex()), bytes);
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":" + bytes.length + "}";
    }

    private static Digest digest(byte[] bytes) {
        var hash = Digest.sha256();
        hash.update(bytes);
        return Digest.of(hash);
    }

    private static byte[] tar(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            var entry = new TarArchiveEntry("hello.txt");
            entry.setSize(text.length());
            tar.putArchiveEntry(entry);
            tar.write(text.getBytes(UTF_8));
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    /// Digests of all that is in it.
    static Set<String> blobs(Path folder) throws IOException {
        try (var files = Files.list(folder.resolve("blobs/sha256"))) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
