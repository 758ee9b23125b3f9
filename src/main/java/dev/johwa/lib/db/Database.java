package dev.johwa.lib.db;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// The database of the state folder. Safe for use by many threads.
///
/// A write returns when it is durable: writers enqueue, one thread drains what waits into one transaction and
/// answers them all. Each write is a savepoint of its own, so that one failing write leaves the others alone.
public final class Database implements AutoCloseable {

    /// Opens the file (made when absent) and brings it to the newest version.
    ///
    /// @param migrations folders of the class path with numbered SQL files
    public static Database open(Path file, List<String> migrations) {
        throw new UnsupportedOperationException();
    }

    /// Reads from a consistent view; what is written meanwhile is not seen.
    public <T> T read(Function<Handle, T> work) {
        throw new UnsupportedOperationException();
    }

    /// Changes state; returns when that is durable, and throws what the work throws with nothing changed.
    public <T> T write(Function<Handle, T> work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
