package dev.johwa.serve.backup;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Piped;
import dev.johwa.source.git.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Brings a backup back into a folder that is empty or not there. It grows beside that folder and takes its place when
/// all of it is there, proven, and on the disk; cut off, it goes on where it was.
public final class Restore {
    private static final Duration TO_FLUSH = Duration.ofMinutes(30);
    private static final Map<String, String> PATH = Map.of("PATH", "/usr/local/bin:/usr/bin:/bin");

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
        var made = grow(where, name, data, keys);
        var growing = growing(data);
        try {
            finish.accept(growing);
            flush(growing);
            Files.move(growing, data, StandardCopyOption.ATOMIC_MOVE);
            flush(data.resolveSibling(""));
            return made;
        } catch (IOException e) {
            throw unwritable(growing, e);
        }
    }

    /// As [#restore], but for the last step: a later one finds there what did not change meanwhile.
    public Made grow(String where, Optional<String> name, Path data, Keys keys) {
        requireEmpty(data);
        var place = places.of(where);
        var manifests = new Manifests(place);
        var written = manifests.require(name);
        var seal = keys.opening(written.head().sealed());
        var body = manifests.body(written, seal);
        var growing = growing(data);
        try {
            Files.createDirectories(growing);
            // Apps walk through it, and list nothing.
            Files.setPosixFilePermissions(growing, PosixFilePermissions.fromString("rwx--x--x"));
            var files = new RestoredFiles(growing, new Chunks(place, seal, new PieceNames(body.names()), Map.of()));
            files.write(body.entries());
            progress.say(files.told());
        } catch (IOException e) {
            throw unwritable(growing, e);
        }
        return Made.of(where, written.head());
    }

    /// Where a restore into a folder grows that was not ended.
    public static Optional<Path> underWay(Path data) {
        return Optional.of(growing(data)).filter(Files::isDirectory);
    }

    private static Path growing(Path data) {
        return data.resolveSibling("." + data.getFileName() + ".restoring");
    }

    private static ProblemException unwritable(Path growing, IOException e) {
        return new ProblemException(
                Problem.resource("restore.unwritable", growing + " cannot be written: " + e.getMessage())
                        .hint("look at the free space and the permissions there, then say it again: it goes on"),
                e);
    }

    /// All that was written on that file system is on the disk, also after a loss of power.
    private static void flush(Path folder) throws IOException {
        var command = new Command(List.of("sync", "--file-system", folder.toString()), Path.of("/"), PATH);
        var ended = Piped.run(command, InputStream.nullInputStream(), OutputStream.nullOutputStream(), TO_FLUSH);
        if (!ended.isSuccess()) {
            throw new IOException("it cannot be brought to the disk: " + ended.errors());
        }
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
}
