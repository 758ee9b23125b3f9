package dev.johwa.lib.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;

/// A Debian binary package, format 2.0 (deb(5)): what is to be known of it, and its files.
///
/// @param control the files of its control archive: `control`, `conffiles`, the maintainer scripts
/// @param files where they are to lie, from the root of the machine
/// @param time what everything says it is from
public record DebianArchive(Contents control, Contents files, Instant time) {
    private static final int FILE = 0100644;

    /// @throws IOException when it cannot be written; what is there then is no package
    public void write(Path target) throws IOException {
        var packed = Files.createTempFile(target.toAbsolutePath().getParent(), "data", ".tar.gz");
        try (var out = new ArArchiveOutputStream(Files.newOutputStream(target))) {
            try (var data = Files.newOutputStream(packed)) {
                pack(files, data);
            }
            var described = new ByteArrayOutputStream();
            pack(control, described);
            put(out, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII));
            put(out, "control.tar.gz", described.toByteArray());
            out.putArchiveEntry(entry("data.tar.gz", Files.size(packed)));
            Files.copy(packed, out);
            out.closeArchiveEntry();
        } finally {
            Files.deleteIfExists(packed);
        }
    }

    private void pack(Contents contents, OutputStream out) throws IOException {
        try (var gzip = new ParallelGzip(new Unclosed(out))) {
            Tar.write(contents, "./", time, gzip);
        }
    }

    private void put(ArArchiveOutputStream out, String name, byte[] bytes) throws IOException {
        out.putArchiveEntry(entry(name, bytes.length));
        out.write(bytes);
        out.closeArchiveEntry();
    }

    private ArArchiveEntry entry(String name, long size) {
        return new ArArchiveEntry(name, size, 0, 0, FILE, time.getEpochSecond());
    }
}
