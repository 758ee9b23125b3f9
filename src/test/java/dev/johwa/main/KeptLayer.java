package dev.johwa.main;

import dev.johwa.Tools;
import dev.johwa.lib.archive.ParallelGzip;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.file.Whole;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// A compressed layer of an image, made once of what lies on this machine and kept beside the tools of tests: the
/// runtime of a stack is large, and each test that stands on it would write it some times.
///
/// @param content digest before it was compressed
record KeptLayer(Path file, Digest digest, Digest content) {
    /// Another one for another recipe.
    private static final String RECIPE = "2";

    private static final int SHORT = 16;

    /// Writes the files of a layer.
    @FunctionalInterface
    interface Maker {
        void write(Tar tar) throws IOException, InterruptedException;
    }

    /// @param sources files by whose age and size a layer is known to be out of date
    static KeptLayer of(String name, List<Path> sources, Maker maker) throws IOException, InterruptedException {
        var folder = Files.createDirectories(Tools.made("bases"));
        var told = folder.resolve(name + "-" + key(sources));
        if (!Files.exists(told)) {
            make(told, maker);
        }
        var digests = Files.readString(told).split(" ");
        var digest = new Digest(digests[0]);
        return new KeptLayer(folder.resolve(digest.hex()), digest, new Digest(digests[1]));
    }

    private static String key(List<Path> sources) throws IOException {
        var hash = Digest.sha256();
        hash.update(RECIPE.getBytes(StandardCharsets.UTF_8));
        for (var each : sources) {
            var words = " " + each + " " + Files.size(each) + " " + Files.getLastModifiedTime(each);
            hash.update(words.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(hash.digest()).substring(0, SHORT);
    }

    private static void make(Path told, Maker maker) throws IOException, InterruptedException {
        var part = Files.createTempFile(told.getParent(), "making", "");
        var packed = Digest.sha256();
        var content = Digest.sha256();
        try (var out = new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(part)), packed);
                var gzip = new ParallelGzip(out);
                var plain = new DigestOutputStream(gzip, content);
                var tar = new Tar(new TarArchiveOutputStream(plain, StandardCharsets.UTF_8.name()))) {
            maker.write(tar);
        }
        var digest = Digest.of(packed);
        Files.move(part, told.resolveSibling(digest.hex()), StandardCopyOption.ATOMIC_MOVE);
        var digests = digest.text() + " " + Digest.of(content).text();
        Whole.write(told, digests.getBytes(StandardCharsets.UTF_8));
    }

    /// A layer that is being written.
    record Tar(TarArchiveOutputStream out) implements AutoCloseable {
        Tar {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        }

        void folder(String name, int mode) throws IOException {
            var entry = new TarArchiveEntry(name + "/");
            entry.setMode(mode);
            entry.setModTime(0);
            out.putArchiveEntry(entry);
            out.closeArchiveEntry();
        }

        void link(String name, String target) throws IOException {
            var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            entry.setLinkName(target);
            entry.setModTime(0);
            out.putArchiveEntry(entry);
            out.closeArchiveEntry();
        }

        /// A file or a link, as it is there; a folder is none.
        void add(Path file, String name) throws IOException {
            if (Files.isSymbolicLink(file)) {
                link(name, Files.readSymbolicLink(file).toString());
            } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                var entry = new TarArchiveEntry(name);
                entry.setSize(Files.size(file));
                entry.setMode(Files.isExecutable(file) ? 0755 : 0644);
                entry.setModTime(0);
                out.putArchiveEntry(entry);
                Files.copy(file, out);
                out.closeArchiveEntry();
            }
        }

        /// All files below a folder.
        void addAll(Path folder, String name) {
            try (var files = Files.walk(folder)) {
                for (var each : files.sorted().toList()) {
                    add(each, name + "/" + folder.relativize(each));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
