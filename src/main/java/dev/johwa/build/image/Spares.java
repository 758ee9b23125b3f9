package dev.johwa.build.image;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.file.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Folders of dependencies that lie ready for the next instance, made while nobody waits: to give 30,000 files one more
/// name each takes most of a second, to move their folder takes none. Safe for use by many threads; of several who want
/// one, one gets it.
final class Spares {
    private final Path folder;
    private final Set<Spare> wanted = ConcurrentHashMap.newKeySet();

    Spares(Path folder) {
        this.folder = folder;
    }

    /// @param root folder of dependencies that the layer holds
    /// @param account that owns its folders
    record Spare(Digest layer, String root, int account) {
        String name() {
            return layer.hex() + "-" + account;
        }
    }

    /// Moves one to a place where nothing is. In any case the next who asks will be served, once they are made.
    boolean take(Spare spare, Path place) {
        wanted.add(spare);
        try {
            Files.move(folder.resolve(spare.name()), place, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// Makes those that were asked for since the last time; of an account only the newest is kept.
    synchronized void make(Making making) throws IOException {
        for (var spare : Set.copyOf(wanted)) {
            wanted.remove(spare);
            var place = folder.resolve(spare.name());
            if (Files.exists(place)) {
                continue;
            }
            var work = folder.resolve(spare.name() + ".new");
            Trees.children(folder).stream()
                    .filter(other -> other.toString().matches(".*-" + spare.account() + "(\\..*)?"))
                    .forEach(this::discard);
            Files.createDirectories(folder);
            making.make(spare, work);
            Files.move(work, place, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @FunctionalInterface
    interface Making {
        void make(Spare spare, Path place) throws IOException;
    }

    /// Deletes those of layers that nobody needs: names are digests in hex.
    synchronized void collect(Set<String> needed) {
        for (var place : Trees.children(folder)) {
            var layer = place.getFileName().toString().replaceFirst("-.*", "");
            if (!needed.contains(layer)) {
                discard(place);
            }
        }
    }

    /// Out of the way at once, so that nobody takes one of which half is deleted.
    private void discard(Path place) {
        var gone = place.resolveSibling(place.getFileName() + ".gone");
        try {
            Trees.delete(gone);
            Files.move(place, gone, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            // Somebody took it.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Trees.delete(gone);
    }
}
