package dev.johwa.build.image;

import dev.johwa.lib.blob.Digest;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/// Writes files as a layer whose bytes depend on names and content alone: paths in order, no times, no owners, modes
/// 644 or 755.
final class LayerWriter {
    private final Path folder;
    private final Selection selection;

    LayerWriter(Path folder, Selection selection) {
        this.folder = folder;
        this.selection = selection;
    }

    /// @return digest of the uncompressed tar
    Digest write(OutputStream out) throws IOException {
        var parameters = new GzipParameters();
        parameters.setCompressionLevel(Deflater.BEST_SPEED);
        parameters.setOperatingSystem(255);
        var hash = sha256();
        try (var gzip = new GzipCompressorOutputStream(new StayOpen(out), parameters);
                var hashed = new DigestOutputStream(gzip, hash);
                var tar = new TarArchiveOutputStream(hashed, StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            add(tar, folder, "");
        }
        return new Digest("sha256:" + HexFormat.of().formatHex(hash.digest()));
    }

    private void add(TarArchiveOutputStream tar, Path place, String name) throws IOException {
        for (var child : children(place)) {
            var path = name.isEmpty() ? child.getFileName().toString() : name + "/" + child.getFileName();
            if (!selection.has(path)) {
                continue;
            }
            if (Files.isSymbolicLink(child)) {
                link(tar, child, path);
            } else if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                entry(tar, Images.APP + "/" + path + "/", 0755, 0);
                tar.closeArchiveEntry();
                add(tar, child, path);
            } else if (Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) {
                entry(tar, Images.APP + "/" + path, Files.isExecutable(child) ? 0755 : 0644, Files.size(child));
                Files.copy(child, tar);
                tar.closeArchiveEntry();
            }
        }
    }

    private static List<Path> children(Path place) throws IOException {
        var children = new ArrayList<Path>();
        try (var stream = Files.newDirectoryStream(place)) {
            stream.forEach(children::add);
        }
        children.sort((one, other) ->
                one.getFileName().toString().compareTo(other.getFileName().toString()));
        return children;
    }

    private static void link(TarArchiveOutputStream tar, Path link, String path) throws IOException {
        var entry = new TarArchiveEntry(Images.APP + "/" + path, TarConstants.LF_SYMLINK);
        entry.setLinkName(Files.readSymbolicLink(link).toString());
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static void entry(TarArchiveOutputStream tar, String name, int mode, long size) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        entry.setSize(size);
        entry.setModTime(0);
        entry.setIds(0, 0);
        tar.putArchiveEntry(entry);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// The stream below belongs to somebody else.
    private static final class StayOpen extends FilterOutputStream {
        private StayOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
