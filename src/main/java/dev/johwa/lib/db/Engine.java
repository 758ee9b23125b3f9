package dev.johwa.lib.db;

import dev.johwa.lib.problem.Problem;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What differs between the databases that state is kept in.
interface Engine {
    /// A connection for the one thread that writes.
    Handle writer();

    /// A connection that only reads.
    Handle reader();

    /// How a transaction that writes begins.
    String begin();

    /// From now on the reader sees one consistent view.
    void beginRead(Handle reader);

    /// The view is given up.
    void endRead(Handle reader);

    /// Closes a connection, whatever state it is in.
    void close(Handle handle);

    /// Writes all that a reader sees into a new file of SQLite; equal contents give equal bytes.
    void copyTo(Handle reader, Path file);

    /// What is wrong with the tables, a line each.
    List<String> damage(Handle reader);

    /// What of them that looks at.
    String looked();

    /// What the machine lacks, told to a person; empty when the failure is our own.
    ///
    /// @param doing what was not possible
    Optional<Problem> problem(SQLException failure, String doing);

    /// Notes in a transaction that it is ours to write and which turn this is.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when somebody else has taken the state over
    void mark(Handle writer);

    /// What was marked last is durable, and will be missed when it is gone.
    void confirm();

    /// Whether a failure means that the connection is gone, and that waiting for another one makes sense.
    boolean isLost(Throwable failure);

    /// A new writer in the place of one that was lost; waits for it.
    ///
    /// @throws RuntimeException when none comes within the patience, or somebody else has taken the state over
    Regained regain(Handle lost, Throwable cause);

    /// Waits until a new reader can be had.
    ///
    /// @throws RuntimeException the cause, when none comes within the patience
    void awaitReaders(RuntimeException cause);

    /// Why the database cannot be reached at this moment.
    Optional<Problem> away();

    /// Nobody waits for a database that is away any more: the program ends.
    void stopWaiting();

    /// @param hasLanded whether the last transaction that was marked is in the database
    record Regained(Handle writer, boolean hasLanded) {}
}
