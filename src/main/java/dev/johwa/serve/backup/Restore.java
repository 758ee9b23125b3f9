package dev.johwa.serve.backup;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.git.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Brings a backup back into a folder that is empty or not there. It grows beside that folder and takes its place when
/// all of it is there and proven; cut off, it goes on where it was.
public final class Restore {
    private final Places places;
    private final Progress progress;
    private final Consumer<Path> finish;

    /// @param finish what rooms do in the folder before it takes its place
    public Restore(Places places, Progress progress, Consumer<Path> finish) {
        this.places = places;
        this.progress = progress;
        this.finish = finish;
    }

    /// @param name of the backup; the newest when absent
    /// @param keys with which an encrypted one is read
    /// @throws ProblemException when the folder is not empty, or the backup not whole
    public Made restore(String where, Optional<String> name, Path data, Keys keys) {
        requireEmpty(data);
        var place = places.of(where);
        var manifests = new Manifests(place);
        var written = manifests.require(name);
        var seal = keys.opening(written.head().sealed());
        var body = manifests.body(written, seal);
        var growing = data.resolveSibling("." + data.getFileName() + ".restoring");
        try {
            begin(growing, written.head().name());
            var files = new RestoredFiles(growing, new Chunks(place, seal, new PieceNames(body.names()), Map.of()));
            files.write(body.entries());
            progress.say(files.told());
            finish(growing, data);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.resource("restore.unwritable", growing + " cannot be written: " + e.getMessage())
                            .hint("look at the free space and the permissions there, then say it again: it goes on"),
                    e);
        }
        return Made.of(where, written.head());
    }

    private static void requireEmpty(Path data) {
        if (!Files.exists(data, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(data) || !Trees.children(data).isEmpty()) {
            throw Problem.user("restore.not-empty", data + " is not an empty folder")
                    .hint("name another with --data; nothing was changed")
                    .exception();
        }
    }

    /// What another backup left there is of no use.
    private static void begin(Path growing, String name) throws IOException {
        var note = growing.resolve("run/restoring");
        if (!Files.exists(note) || !Files.readString(note).equals(name)) {
            Trees.delete(growing);
            Files.createDirectories(growing.resolve("run"));
            // Apps walk through it, and list nothing.
            Files.setPosixFilePermissions(growing, PosixFilePermissions.fromString("rwx--x--x"));
            Files.writeString(note, name);
        }
    }

    private void finish(Path growing, Path data) throws IOException {
        finish.accept(growing);
        Trees.delete(growing.resolve("run/restoring"));
        Files.move(growing, data, StandardCopyOption.ATOMIC_MOVE);
    }
}
