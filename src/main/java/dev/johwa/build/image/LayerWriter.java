package dev.johwa.build.image;

import dev.johwa.build.image.LayerFile.Kind;
import dev.johwa.lib.archive.Unclosed;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.text.RawNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.security.DigestOutputStream;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Writes files as a tar whose bytes depend on names, content and the right to execute alone: no times, no owners,
/// modes 644 or 755. A file with several names is written under each.
///
/// Long names take GNU's form, which keeps every byte; the pax form would have to be UTF-8.
final class LayerWriter {
    private static final int BUFFER = 1 << 16;

    private final List<LayerFile> files;
    private final Cancel cancel;
    private final byte[] buffer = new byte[BUFFER];

    /// @param cancel ends it in the middle of a file, too
    LayerWriter(List<LayerFile> files, Cancel cancel) {
        this.files = files;
        this.cancel = cancel;
    }

    /// @return digest of what was written
    Digest write(OutputStream out) throws IOException {
        var hash = Digest.sha256();
        // Closing ends the archive; what lies below belongs to the caller.
        var hashed = new DigestOutputStream(new Unclosed(out), hash);
        try (var tar = new TarArchiveOutputStream(hashed, StandardCharsets.ISO_8859_1.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
            tar.putArchiveEntry(normal(new TarArchiveEntry(Images.APP + "/", TarConstants.LF_DIR), 0755));
            tar.closeArchiveEntry();
            for (var file : files) {
                write(tar, file);
            }
        }
        return Digest.of(hash);
    }

    private void write(TarArchiveOutputStream tar, LayerFile file) throws IOException {
        cancel.check();
        var entry = entry(file, Images.APP + "/");
        entry.setSize(file.size());
        tar.putArchiveEntry(entry);
        if (file.kind() == Kind.FILE || file.kind() == Kind.PROGRAM) {
            copy(tar, file);
        }
        tar.closeArchiveEntry();
    }

    /// @param prefix folder around all of them
    static TarArchiveEntry entry(LayerFile file, String prefix) {
        var name = prefix + file.name();
        return switch (file.kind()) {
            case FOLDER -> normal(new TarArchiveEntry(name + "/", TarConstants.LF_DIR), 0755);
            case FILE -> normal(new TarArchiveEntry(name, TarConstants.LF_NORMAL, true), 0644);
            case PROGRAM -> normal(new TarArchiveEntry(name, TarConstants.LF_NORMAL, true), 0755);
            case LINK -> {
                var link = normal(new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true), 0777);
                link.setLinkName(file.target());
                yield link;
            }
        };
    }

    private static TarArchiveEntry normal(TarArchiveEntry entry, int mode) {
        entry.setMode(mode);
        entry.setModTime(0);
        entry.setIds(0, 0);
        entry.setNames("", "");
        return entry;
    }

    /// Its bytes, as many as it had.
    void copy(TarArchiveOutputStream tar, LayerFile file) throws IOException {
        long left = file.size();
        try (var input = open(file)) {
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                cancel.check();
                left -= count;
                if (left < 0) {
                    throw changed(file);
                }
                tar.write(buffer, 0, count);
            }
        }
        if (left > 0) {
            throw changed(file);
        }
    }

    private static InputStream open(LayerFile file) {
        try {
            return Files.newInputStream(file.place(), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.user("artifact.unreadable", "'" + RawNames.text(file.name()) + "' cannot be read: " + e)
                            .hint("make it readable, or delete it at the end of the build"),
                    e);
        }
    }

    private static RuntimeException changed(LayerFile file) {
        return Problem.user(
                        "artifact.changing",
                        "'" + RawNames.text(file.name()) + "' changed while the artifact was written")
                .hint("end what a build or test left running")
                .exception();
    }
}
