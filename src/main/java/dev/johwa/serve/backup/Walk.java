package dev.johwa.serve.backup;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.RawNames;
import dev.johwa.serve.backup.Entry.Type;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/// Goes through a file or folder of the data folder, folders before what is in them. No link is followed, also not one
/// that takes a folder's place meanwhile: apps write in some of these folders. What vanishes is passed over, and what
/// is neither file, folder nor link is left out.
final class Walk {
    private final Path data;
    private final Visitor visitor;

    Walk(Path data, Visitor visitor) {
        this.data = data;
        this.visitor = visitor;
    }

    /// Told of each.
    interface Visitor {
        void other(Entry entry);

        /// @param mark differs when the file was changed
        void file(Entry entry, String mark, Opener opener) throws IOException;
    }

    /// Opens a file for reading.
    interface Opener {
        SeekableByteChannel open() throws IOException;
    }

    void through(Part part) {
        var place = data.resolve(part.path());
        var above = place.resolveSibling("");
        try (var folder = secure(Files.newDirectoryStream(above))) {
            one(folder, place, part.path(), part.without());
        } catch (NoSuchFileException e) {
            // Nothing of it is there yet.
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.resource("backup.source", part.path() + " cannot be read: " + e)
                            .hint("look at the disk and at the permissions there; no backup was made"),
                    e);
        }
    }

    @SuppressWarnings("unchecked")
    private static SecureDirectoryStream<Path> secure(Object stream) {
        return (SecureDirectoryStream<Path>) stream;
    }

    private void one(SecureDirectoryStream<Path> folder, Path place, String path, Set<String> without)
            throws IOException {
        var name = place.getFileName();
        try {
            var attributes = folder.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
            if (attributes.isDirectory()) {
                visitor.other(entry(path, Type.FOLDER, attributes, ""));
                try (var inner = folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                    inside(inner, place, path, without);
                }
            } else if (attributes.isSymbolicLink()) {
                var target = RawNames.of(Files.readSymbolicLink(place));
                visitor.other(entry(path, Type.LINK, attributes, target));
            } else if (attributes.isRegularFile()) {
                visitor.file(
                        entry(path, Type.FILE, attributes, ""),
                        mark(place, attributes),
                        () -> folder.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // It went, or became something else, between two looks.
        }
    }

    private void inside(SecureDirectoryStream<Path> folder, Path place, String path, Set<String> without)
            throws IOException {
        try {
            for (var each : folder) {
                var name = RawNames.of(each.getFileName());
                if (!without.contains(name)) {
                    one(folder, place.resolve(each.getFileName()), path + "/" + name, Set.of());
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static Entry entry(String path, Type type, PosixFileAttributes attributes, String target) {
        return new Entry(
                path,
                type,
                PosixFilePermissions.toString(attributes.permissions()),
                attributes.owner().getName(),
                attributes.group().getName(),
                attributes.lastModifiedTime().toInstant(),
                attributes.size(),
                List.of(),
                target);
    }

    /// Also of what a program set back to an earlier time.
    private static String mark(Path place, PosixFileAttributes attributes) throws IOException {
        var changed = Files.getAttribute(place, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
        return attributes.size() + " " + attributes.lastModifiedTime() + " " + changed + " " + attributes.fileKey();
    }
}
