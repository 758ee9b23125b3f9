package dev.johwa.build.image;

import dev.johwa.build.image.LayerFile.Kind;
import dev.johwa.lib.archive.Unclosed;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.text.RawNames;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// The files that the build of an image is given, as a tar: of root, modes 644 or 755, symbolic links as they are.
///
/// Their times stay: builders do not look at them, and servers of files make the names by which browsers keep an answer
/// out of them.
public final class ContextTar {
    private final List<LayerFile> files;
    private final Cancel cancel;

    private ContextTar(List<LayerFile> files, Cancel cancel) {
        this.files = files;
        this.cancel = cancel;
    }

    /// @param paths files, links and folders, relative to the folder; the folders around them come along
    /// @param cancel ends looking and writing in the middle
    public static ContextTar of(Path folder, Collection<Path> paths, Cancel cancel) {
        var wanted = new HashSet<String>();
        for (var path : paths) {
            var name = RawNames.of(path);
            for (int end = name.length(); end > 0 && wanted.add(name.substring(0, end)); ) {
                end = name.lastIndexOf('/', end - 1);
            }
        }
        try {
            return new ContextTar(LayerScan.of(folder, wanted::contains, cancel).files(), cancel);
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
            var writer = new LayerWriter(files, cancel);
            for (var file : files) {
                var entry = LayerWriter.entry(file, "");
                entry.setModTime(Files.getLastModifiedTime(file.place(), LinkOption.NOFOLLOW_LINKS));
                entry.setSize(file.size());
                tar.putArchiveEntry(entry);
                if (file.size() > 0) {
                    writer.copy(tar, file);
                }
                tar.closeArchiveEntry();
            }
        }
    }

    /// Puts the same files into a new folder: linked where they have the rights that the tar tells, else copied. Nobody
    /// may write them there.
    public void place(Path folder) {
        try {
            Files.createDirectories(folder);
            for (var file : files) {
                cancel.check();
                var to = folder.resolve(RawNames.path(file.name()));
                switch (file.kind()) {
                    case FOLDER -> Files.createDirectories(to);
                    case LINK -> Files.createSymbolicLink(to, RawNames.path(file.target()));
                    case FILE -> place(file.place(), to, "rw-r--r--");
                    case PROGRAM -> place(file.place(), to, "rwxr-xr-x");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void place(Path from, Path to, String rights) throws IOException {
        var wanted = PosixFilePermissions.fromString(rights);
        if (Files.getPosixFilePermissions(from, LinkOption.NOFOLLOW_LINKS).equals(wanted)) {
            try {
                Files.createLink(to, from);
                return;
            } catch (IOException | UnsupportedOperationException e) {
                // Another file system, or one without links: it is copied.
            }
        }
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        Files.setPosixFilePermissions(to, wanted);
    }
}
