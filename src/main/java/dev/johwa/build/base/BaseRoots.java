package dev.johwa.build.base;

import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/// The files of bases, each unpacked once into a folder that is shared and that nobody changes. Safe for use by many
/// threads.
final class BaseRoots {
    /// How the media type of a layer ends that is compressed.
    static final String GZIP = "+gzip";

    private static final Duration UNUSED = Duration.ofDays(7);

    private final Blobs blobs;
    private final Path folder;
    private final Clock clock;
    private final ReentrantLock turn = new ReentrantLock();

    /// @param folder where they are unpacked, for as long as this machine is up
    BaseRoots(Blobs blobs, Path folder, Clock clock) {
        this.blobs = blobs;
        this.folder = folder;
        this.clock = clock;
    }

    Path of(Base base) {
        var digest = base.manifest().orElseThrow();
        var place = folder.resolve(digest.hex());
        turn.lock();
        try {
            if (!Files.isDirectory(place)) {
                unpack(base, place);
            }
            Files.setLastModifiedTime(place, FileTime.from(clock.now()));
            return place;
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.resource("image.base-unwritable", "the base " + base.name() + " cannot be unpacked: " + e)
                            .hint("look at the free space of the data folder's disk; `johwa doctor` shows it"),
                    e);
        } finally {
            turn.unlock();
        }
    }

    /// Beside its place, and moved there when it is whole. What another boot left may not be: it goes, and so does what
    /// was not used for long.
    private void unpack(Base base, Path place) throws IOException {
        sweep();
        var work = place.resolveSibling(place.getFileName() + ".part");
        Trees.delete(work);
        Files.createDirectories(work);
        try {
            var writer = new RootWriter(work);
            for (var layer : base.layers()) {
                writer.read(blobs.open(layer.digest()), layer.mediaType().endsWith(GZIP));
            }
            Files.move(work, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            Trees.delete(work);
        }
    }

    private void sweep() {
        long old = clock.now().minus(UNUSED).toEpochMilli();
        Trees.children(folder).stream()
                .filter(each -> Trees.modifiedAt(each) < old)
                .forEach(Trees::delete);
        Trees.children(folder.resolve("..").normalize()).stream()
                .filter(each -> !each.equals(folder))
                .forEach(Trees::delete);
    }
}
