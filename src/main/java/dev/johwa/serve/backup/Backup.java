package dev.johwa.serve.backup;

import dev.johwa.lib.clock.Durations;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Sizes;
import dev.johwa.serve.backup.Manifest.Body;
import dev.johwa.serve.backup.Manifest.Head;
import dev.johwa.source.git.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/// Makes one backup. The database is copied first: what it names (blobs, commits) was there before and stays while
/// collecting is held off. References of repositories may be newer than the database; their runs are made up for when
/// a platform starts. The manifest is written last, so what was cut off is no backup; its pieces serve the next one,
/// which takes away those that it does not need.
final class Backup {
    private static final String DATABASE = "johwa.db";

    private final BackupPorts ports;
    private final Place place;
    private final Order order;
    private final Progress progress;

    Backup(BackupPorts ports, Place place, Order order, Progress progress) {
        this.ports = ports;
        this.place = place;
        this.order = order;
        this.progress = progress;
    }

    Made make() {
        long start = ports.clock().ticks();
        var platform = new Identity(ports.identity()).id();
        var manifests = new Manifests(place);
        manifests.requireOurs(platform);
        makeDesk();
        var begun = new Begun(place, ports.data(), ports.clock().now());
        begun.tell(manifests.names(), progress);
        var at = moment(manifests);
        var seal = Keys.closing(order.encrypt());
        var names = PieceNames.of(seal, ports.desk().resolve("names"));
        var chunks = new Chunks(place, seal, names, manifests.sums());
        var sweeping = new Thinning(place, begun, progress);
        try {
            begun.begin(Manifests.name(at), order.where());
            var copying = copy(chunks);
            var head = head(platform, at, seal, pieces(copying, chunks), copying);
            manifests.write(new Manifest(head, new Body(copying.entries(), names.key())), seal);
            tell(head, chunks, start);
            if (sweeping.sweep(chunks, head.name())) {
                begun.end(head.name());
            }
            return Made.of(order.where(), head);
        } catch (ProblemException e) {
            if (e.problem().code().equals(FolderPlace.UNWRITABLE)) {
                giveBackRoom(() -> sweeping.sweep(chunks, Manifests.name(at)), e);
            }
            throw e;
        }
    }

    /// A disk that is full stays so for everybody else, and for the next backup, while the pieces of this one lie
    /// there.
    private static void giveBackRoom(Runnable sweep, ProblemException full) {
        try {
            sweep.run();
        } catch (ProblemException | UncheckedIOException e) {
            full.addSuppressed(e);
        }
    }

    private void tell(Head head, Chunks chunks, long start) {
        progress.say("%s, %s in %s files; written: %s in %s pieces, %s"
                .formatted(
                        head.name(),
                        Sizes.text(head.bytes()),
                        head.files(),
                        Sizes.text(chunks.writtenBytes()),
                        chunks.written(),
                        Durations.text((ports.clock().ticks() - start) / 1_000_000)));
    }

    /// Of which it is: no other has it.
    private Instant moment(Manifests manifests) {
        var at = ports.clock().now().truncatedTo(ChronoUnit.SECONDS);
        var taken = manifests.names();
        while (taken.contains(Manifests.name(at))) {
            at = at.plus(Duration.ofSeconds(1));
        }
        return at;
    }

    /// Apps run as other users, and may see the data folder: a copy of the database is not for them.
    private void makeDesk() {
        try {
            Files.setPosixFilePermissions(
                    Files.createDirectories(ports.desk()), PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Copying copy(Chunks chunks) {
        try (var _ = ports.hold().get()) {
            var known = Known.read(ports.desk().resolve("known"));
            var copying = new Copying(ports, chunks, known);
            copyDatabase(copying);
            ports.prepare().accept(progress);
            ports.parts().get().forEach(copying::copy);
            copying.copy(new Part("platform", Part.Change.WHOLE));
            if (order.keys()) {
                ports.keys().forEach(copying::copy);
            }
            known.save();
            return copying;
        }
    }

    private void copyDatabase(Copying copying) {
        var file = ports.desk().resolve(DATABASE);
        Trees.delete(file);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            ports.database().copyTo(file);
            copying.copy(file, DATABASE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Trees.delete(file);
        }
    }

    private static Map<String, String> pieces(Copying copying, Chunks chunks) {
        var pieces = new TreeMap<String, String>();
        for (var entry : copying.entries()) {
            for (var digest : entry.chunks()) {
                var piece = chunks.piece(digest);
                pieces.put(piece, chunks.sum(piece));
            }
        }
        return pieces;
    }

    private Head head(String platform, Instant at, Seal seal, Map<String, String> pieces, Copying copying) {
        long bytes = 0;
        int files = 0;
        for (var entry : copying.entries()) {
            bytes += entry.size();
            files += entry.type() == Entry.Type.FILE ? 1 : 0;
        }
        return new Head(
                Manifests.name(at),
                at,
                ports.johwa(),
                platform,
                files,
                bytes,
                order.keys(),
                seal.kind(),
                copying.warnings(),
                pieces);
    }
}
