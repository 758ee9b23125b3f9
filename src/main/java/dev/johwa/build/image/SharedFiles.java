package dev.johwa.build.image;

import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// Unpacked layers and artifacts, each once, which nobody changes: `BOOT/layers/HEX` and `BOOT/HEX`.
///
/// They are made beside their place and moved there, and belong to one boot of the machine: nothing waits for the disk,
/// so after a power cut half a file may lie there, and a new boot unpacks anew from the checked blobs.
final class SharedFiles {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path folder;
    private final Path current;
    private final Blobs blobs;
    private final Clock clock;
    private final ConcurrentMap<Path, ReentrantLock> turns = new ConcurrentHashMap<>();

    SharedFiles(Path folder, Blobs blobs, Clock clock) {
        this.folder = folder;
        this.current = folder.resolve(boot());
        this.blobs = blobs;
        this.clock = clock;
    }

    private static String boot() {
        try {
            return "boot-" + Files.readString(BOOT).strip();
        } catch (IOException e) {
            // A system without it loses the protection against power cuts, nothing else.
            return "boot";
        }
    }

    /// Where all of it lies, for as long as the machine goes on.
    Path place() {
        return current;
    }

    /// Where folders that share files with these may lie; for others to fill and to empty.
    Path spares() {
        return current.resolve("spares");
    }

    /// The files of a layer, below the application's folder.
    Path layer(Digest blob) {
        return once(current.resolve("layers").resolve(blob.hex()), work -> {
            Files.createDirectory(work);
            new LayerReader(work).read(blobs.open(blob));
        });
    }

    /// The files of all layers together; they share their bytes with [#layer].
    Path whole(Digest digest, Manifest manifest) {
        var layers = manifest.layers();
        if (layers.size() == 1) {
            return layer(layers.getFirst().digest());
        }
        return once(current.resolve(digest.hex()), work -> {
            for (var layer : layers) {
                TreeCopy.copy(layer(layer.digest()), work, 0, file -> true);
            }
        });
    }

    /// Makes a folder when it is not there. Threads wait for the one that makes it; of several processes, one wins.
    private Path once(Path place, Making making) {
        var turn = turns.computeIfAbsent(place, each -> new ReentrantLock());
        turn.lock();
        try {
            if (!isUsed(place)) {
                make(place, making);
            }
            return place;
        } finally {
            turns.remove(place, turn);
            turn.unlock();
        }
    }

    private void make(Path place, Making making) {
        var work = place.resolveSibling(place.getFileName() + "." + Long.toString(clock.ticks(), 36) + "."
                + ProcessHandle.current().pid() + "." + Thread.currentThread().threadId());
        try {
            Files.createDirectories(work.getParent());
            making.make(work);
            publish(work, place);
        } catch (IOException e) {
            throw unwritable(e);
        } finally {
            Trees.delete(work);
        }
    }

    /// Another may have been first; ours is the same.
    private static void publish(Path work, Path place) throws IOException {
        try {
            Files.move(work, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(place)) {
                throw e;
            }
        }
    }

    @FunctionalInterface
    private interface Making {
        void make(Path work) throws IOException;
    }

    /// Whether it is there; if so it counts as new for [#collect].
    private boolean isUsed(Path place) {
        try {
            Files.setLastModifiedTime(place, FileTime.from(clock.now()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static ProblemException unwritable(IOException e) {
        return new ProblemException(
                Problem.resource("artifact.unwritable", "the files of an artifact cannot be written: " + e)
                        .hint("look at the free space of the data folder's disk; `johwa doctor` shows it"),
                e);
    }

    /// Deletes what was not used since, except for what these need: names are digests in hex.
    void collect(Set<String> needed, Instant since) {
        Predicate<Path> goes = place ->
                !needed.contains(place.getFileName().toString()) && Trees.modifiedAt(place) < since.toEpochMilli();
        for (var boot : Trees.children(folder)) {
            if (!boot.equals(current) && boot.getFileName().toString().startsWith("boot")) {
                delete(boot, since);
            }
        }
        Trees.children(current.resolve("layers")).stream().filter(goes).forEach(Trees::delete);
        Trees.children(current).stream()
                .filter(place -> !List.of("layers", "spares")
                        .contains(place.getFileName().toString()))
                .filter(goes)
                .forEach(Trees::delete);
    }

    private static void delete(Path boot, Instant since) {
        if (Trees.modifiedAt(boot) < since.toEpochMilli()) {
            Trees.delete(boot);
        }
    }
}
