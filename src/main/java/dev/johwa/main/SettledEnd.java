package dev.johwa.main;

import dev.johwa.lib.file.Whole;
import dev.johwa.lib.task.Tasks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/// Tells the next control plane of a folder that this one ended in good order: no ref moved without what follows it
/// being written down. It then starts without looking at each repository. A control plane that is killed leaves no
/// word.
final class SettledEnd implements AutoCloseable {
    private final Path file;
    private String where = "";
    private boolean wasSettled;
    private BooleanSupplier settled = () -> false;
    private CompletableFuture<Void> looked = CompletableFuture.allOf();

    /// @param run the run folder
    SettledEnd(Path run) {
        this.file = run.resolve("settled");
    }

    /// Reads whether the last one left its word, which is gone then.
    ///
    /// @param where what must be the same for the word to hold
    /// @return whether it did
    boolean take(String where) {
        this.where = where;
        try {
            wasSettled = Files.exists(file) && Files.readString(file).equals(where);
            Files.deleteIfExists(file);
            return wasSettled;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Does what an end in good order makes needless. An end before it is done leaves no word either.
    ///
    /// @param isLong whether it goes on beside the caller
    void unlessSettled(Tasks tasks, Runnable work, boolean isLong) {
        if (!wasSettled) {
            looked = tasks.run("what was left open", work);
        }
        if (!isLong) {
            Tasks.answer(looked);
        }
    }

    /// From now on the end leaves word when this holds then.
    void leaveWhen(BooleanSupplier settled) {
        this.settled = settled;
    }

    @Override
    public void close() throws IOException {
        if (settled.getAsBoolean() && looked.isDone() && !looked.isCompletedExceptionally()) {
            Whole.writeDurably(file, where.getBytes(StandardCharsets.UTF_8), "rw-------");
        }
    }
}
