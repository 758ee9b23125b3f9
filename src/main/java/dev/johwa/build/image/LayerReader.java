package dev.johwa.build.image;

import static java.util.Objects.requireNonNull;

import dev.johwa.lib.problem.Problem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/// Writes the files of a layer into a folder; what lies outside `app/` or would leave the folder is refused.
final class LayerReader {
    private final Path folder;

    LayerReader(Path folder) {
        this.folder = folder;
    }

    void read(InputStream blob) throws IOException {
        try (var raw = new BufferedInputStream(blob, 1 << 16);
                var gzip = new GzipCompressorInputStream(raw);
                var tar = new TarArchiveInputStream(gzip, StandardCharsets.UTF_8.name())) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(tar, entry);
            }
            // To the last byte, so that the whole blob is checked.
            raw.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    private void write(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
        var place = place(entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(place);
            return;
        }
        var parent = requireNonNull(place.getParent());
        Files.createDirectories(parent);
        if (!parent.toRealPath().startsWith(folder.toRealPath())) {
            throw refused(entry.getName());
        }
        if (entry.isSymbolicLink()) {
            Files.deleteIfExists(place);
            Files.createSymbolicLink(place, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, place);
        if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private Path place(String name) {
        var prefix = Images.APP + "/";
        if (!name.startsWith(prefix)) {
            throw refused(name);
        }
        var place = folder.resolve(name.substring(prefix.length())).normalize();
        if (!place.startsWith(folder)) {
            throw refused(name);
        }
        return place;
    }

    private static RuntimeException refused(String name) {
        return Problem.user("artifact.escape", "the artifact holds a path that leaves its folder: " + name)
                .exception();
    }
}
