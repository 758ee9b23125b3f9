package dev.johwa.lib.db;

import dev.johwa.lib.problem.Problem;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What failures of PostgreSQL mean, by the code that every one of them has.
final class PostgresFailures {
    /// Shut down, crashed, starting, or full; or written to after another server took over as the first.
    private static final Set<String> LOST = Set.of("57P01", "57P02", "57P03", "57P05", "53300", "25006");

    private PostgresFailures() {}

    /// Whether the connection is gone, or cannot be had now, and may be in a while.
    static boolean isLost(@Nullable Throwable failure) {
        return Failures.cause(failure)
                .map(cause -> state(cause))
                .filter(state -> state.startsWith("08") || LOST.contains(state))
                .isPresent();
    }

    static @Nullable Problem problem(SQLException cause, String doing) {
        var what = "it was not possible to " + doing + ": " + cause.getMessage();
        var state = state(cause);
        if (isLost(cause)) {
            return Problem.resource("db.away", what).hint("look at the PostgreSQL that keeps the state");
        }
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "53" -> Problem.resource("db.full", what).hint("look at disk and memory of the PostgreSQL server");
            case "55", "40" -> Problem.resource("db.busy", what).hint("look at who else works in that database");
            case "28", "3D", "3F" ->
                Problem.resource("db.permission", what)
                        .hint("the database must be there, and the user and password of its address right");
            case "42" ->
                state.equals("42501")
                        ? Problem.resource("db.permission", what).hint("the user must own the database or its schema")
                        : null;
            case "58", "XX" -> Problem.resource("db.machine", what).hint("look at the log of the PostgreSQL server");
            default -> null;
        };
    }

    private static String state(SQLException cause) {
        return cause.getSQLState() == null ? "" : cause.getSQLState();
    }
}
