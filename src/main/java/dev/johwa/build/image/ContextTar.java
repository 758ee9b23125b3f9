package dev.johwa.build.image;

import dev.johwa.build.image.LayerFile.Kind;
import dev.johwa.lib.archive.Unclosed;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.RawNames;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// The files that the build of an image is given, as a tar: of root, modes 644 or 755, symbolic links as they are.
///
/// Their times stay: builders do not look at them, and servers of files make the names by which browsers keep an answer
/// out of them.
public final class ContextTar {
    private static final int BUFFER = 1 << 16;

    private final List<LayerFile> files;

    private ContextTar(List<LayerFile> files) {
        this.files = files;
    }

    /// @param paths files, links and folders, relative to the folder; the folders around them come along
    public static ContextTar of(Path folder, Collection<Path> paths) {
        var wanted = new HashSet<String>();
        for (var path : paths) {
            var name = RawNames.of(path);
            for (int end = name.length(); end > 0 && wanted.add(name.substring(0, end)); ) {
                end = name.lastIndexOf('/', end - 1);
            }
        }
        try {
            return new ContextTar(LayerScan.of(folder, wanted::contains).files());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How many files and links.
    public long count() {
        return files.stream().filter(file -> file.kind() != Kind.FOLDER).count();
    }

    /// Bytes of all files.
    public long size() {
        return files.stream().mapToLong(LayerFile::size).sum();
    }

    public void write(OutputStream out) throws IOException {
        // Closing ends the archive; what lies below belongs to the caller.
        try (var tar = new TarArchiveOutputStream(new Unclosed(out), StandardCharsets.ISO_8859_1.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
            for (var file : files) {
                write(tar, file);
            }
        }
    }

    private static void write(TarArchiveOutputStream tar, LayerFile file) throws IOException {
        var entry = entry(file);
        entry.setIds(0, 0);
        entry.setNames("", "");
        entry.setModTime(Files.getLastModifiedTime(file.place(), LinkOption.NOFOLLOW_LINKS));
        entry.setSize(file.size());
        tar.putArchiveEntry(entry);
        if (file.size() > 0) {
            copy(tar, file);
        }
        tar.closeArchiveEntry();
    }

    private static TarArchiveEntry entry(LayerFile file) {
        return switch (file.kind()) {
            case FOLDER -> entry(file.name() + "/", TarConstants.LF_DIR, 0755);
            case FILE -> entry(file.name(), TarConstants.LF_NORMAL, 0644);
            case PROGRAM -> entry(file.name(), TarConstants.LF_NORMAL, 0755);
            case LINK -> {
                var link = entry(file.name(), TarConstants.LF_SYMLINK, 0777);
                link.setLinkName(file.target());
                yield link;
            }
        };
    }

    private static TarArchiveEntry entry(String name, byte kind, int mode) {
        var entry = new TarArchiveEntry(name, kind, true);
        entry.setMode(mode);
        return entry;
    }

    private static void copy(OutputStream out, LayerFile file) throws IOException {
        var buffer = new byte[BUFFER];
        long left = file.size();
        try (var input = Files.newInputStream(file.place(), LinkOption.NOFOLLOW_LINKS)) {
            while (left > 0) {
                int count = input.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw Problem.user(
                                    "image.changing",
                                    "'" + RawNames.text(file.name()) + "' changed while it was read for the image")
                            .hint("end what a build or test left running")
                            .exception();
                }
                out.write(buffer, 0, count);
                left -= count;
            }
        }
    }
}
