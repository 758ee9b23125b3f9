package dev.johwa.lib.db;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What the engine refuses because the machine lacks something, told to a person.
final class Failures {
    private Failures() {}

    /// A problem of kind RESOURCE when the machine is the cause, else the exception itself.
    static RuntimeException told(RuntimeException failure, String doing) {
        if (failure instanceof ProblemException) {
            return failure;
        }
        return cause(failure)
                .flatMap(cause -> problem(cause, doing))
                .<RuntimeException>map(problem -> new ProblemException(problem, failure))
                .orElse(failure);
    }

    private static Optional<SQLiteException> cause(@Nullable Throwable failure) {
        for (var each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLiteException cause) {
                return Optional.of(cause);
            }
        }
        return Optional.empty();
    }

    private static Optional<Problem> problem(SQLiteException cause, String doing) {
        // The low byte is the kind of error, the rest only details it.
        var code = SQLiteErrorCode.getErrorCode(cause.getResultCode().code & 0xff);
        return Optional.ofNullable(
                switch (code) {
                    case SQLITE_FULL ->
                        Problem.resource("db.full", "the disk is full: it was not possible to " + doing)
                                .hint("free some space (`johwa gc` removes what no release needs) and try again");
                    case SQLITE_BUSY, SQLITE_LOCKED ->
                        Problem.resource("db.busy", "it was not possible to " + doing + ": another program holds it")
                                .hint("end the program that has the file open");
                    case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH ->
                        Problem.resource("db.permission", "it was not possible to " + doing + ": " + cause.getMessage())
                                .hint("the folder and the file must belong to the user that runs the server");
                    case SQLITE_IOERR, SQLITE_NOMEM ->
                        Problem.resource("db.machine", "it was not possible to " + doing + ": " + cause.getMessage())
                                .hint("look at the disk and the memory of the machine");
                    case SQLITE_CORRUPT, SQLITE_NOTADB ->
                        Problem.resource("db.damaged", "it was not possible to " + doing + ": the file is damaged")
                                .hint("keep a copy of the file and restore a backup");
                    default -> null;
                });
    }
}
