package dev.johwa.serve.backup;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.RawNames;
import dev.johwa.lib.text.Sizes;
import dev.johwa.serve.backup.Entry.Type;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The files of a backup in a folder: written from proven pieces, or found there by an earlier try and proven again.
final class RestoredFiles {
    private final Path folder;
    private final Chunks chunks;
    private final boolean isRoot;
    private final Set<String> folders = new HashSet<>();
    private int written;
    private int found;
    private long bytes;

    RestoredFiles(Path folder, Chunks chunks) throws IOException {
        this.folder = folder;
        this.chunks = chunks;
        this.isRoot = Files.getAttribute(folder, "unix:uid").equals(0);
    }

    String told() {
        return Sizes.text(bytes) + " in " + (written + found) + " files"
                + (found == 0 ? "" : ", of which " + found + " were there from an earlier try");
    }

    void write(List<Entry> entries) throws IOException {
        NamedPlaces.of(entries).clear(folder);
        for (var entry : entries) {
            write(entry);
        }
        // Last: writing in a folder changes its time, and a closed one takes no files.
        for (var entry : entries.reversed()) {
            if (entry.type() == Type.FOLDER) {
                dress(entry, place(entry));
            }
        }
    }

    private void write(Entry entry) throws IOException {
        var place = place(entry);
        switch (entry.type()) {
            case FOLDER -> {
                Files.createDirectories(place);
                folders.add(entry.path());
            }
            case LINK -> {
                Trees.delete(place);
                Files.createSymbolicLink(place, RawNames.path(entry.target()));
            }
            case FILE -> {
                file(entry, place);
                dress(entry, place);
            }
        }
    }

    /// Nothing leads out of the folder, whatever the manifest says.
    private Path place(Entry entry) throws IOException {
        var path = RawNames.path(entry.path());
        boolean leaves =
                entry.path().isEmpty() || path.isAbsolute() || !path.normalize().equals(path) || path.startsWith("..");
        var above = path.getParent();
        if (leaves || (above != null && !isFolder(above))) {
            throw Problems.path("the backup names '" + entry.path() + "', which is no place in a data folder");
        }
        return folder.resolve(path);
    }

    private boolean isFolder(Path above) throws IOException {
        if (folders.contains(RawNames.of(above))) {
            return true;
        }
        for (int i = 1; i <= above.getNameCount(); i++) {
            var each = folder.resolve(above.subpath(0, i));
            if (Files.exists(each, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
        }
        Files.createDirectories(folder.resolve(above));
        folders.add(RawNames.of(above));
        return true;
    }

    private void file(Entry entry, Path place) throws IOException {
        bytes += entry.size();
        if (isThere(entry, place)) {
            found++;
            return;
        }
        Trees.delete(place);
        try (var channel = FileChannel.open(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (var digest : entry.chunks()) {
                var rest = ByteBuffer.wrap(chunks.get(digest));
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            }
        } catch (ProblemException e) {
            throw Problems.of(entry, e);
        }
        written++;
    }

    private static boolean isThere(Entry entry, Path place) throws IOException {
        if (!Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS) || Files.size(place) != entry.size()) {
            return false;
        }
        try (var in = Files.newInputStream(place)) {
            for (var digest : entry.chunks()) {
                if (!Chunks.digest(in.readNBytes(Chunks.SIZE)).equals(digest)) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Mode, owner and time.
    private void dress(Entry entry, Path place) throws IOException {
        var view = Files.getFileAttributeView(place, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (isRoot) {
            own(entry, view);
        }
        view.setPermissions(PosixFilePermissions.fromString(entry.mode()));
        view.setTimes(FileTime.from(entry.modified()), null, null);
    }

    /// An account that this machine does not know by name stays ours.
    private void own(Entry entry, PosixFileAttributeView view) throws IOException {
        try {
            var lookup = folder.getFileSystem().getUserPrincipalLookupService();
            view.setOwner(lookup.lookupPrincipalByName(entry.owner()));
            view.setGroup(lookup.lookupPrincipalByGroupName(entry.group()));
        } catch (UserPrincipalNotFoundException e) {
            // The program starts as somebody else here.
        }
    }
}
