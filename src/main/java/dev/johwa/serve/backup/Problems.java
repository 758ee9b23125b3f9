package dev.johwa.serve.backup;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;

/// What can be wrong with a backup, in words.
final class Problems {
    private static final String TAKE_ANOTHER =
            "take another one by --backup NAME, as they are called in its folder backups; where a server runs,"
                    + " `johwa backup verify` tells which are whole";

    static final String DAMAGED = "backup.damaged";

    private Problems() {}

    static ProblemException missing(String name, Place place, Exception cause) {
        return new ProblemException(
                Problem.resource("backup.missing", "there is no " + name + " in " + place)
                        .hint("the backup was cut off, or the place was changed by others; " + TAKE_ANOTHER),
                cause);
    }

    static ProblemException damaged(String name, Place place) {
        return Problem.resource(DAMAGED, name + " in " + place + " is damaged: its bytes are not what was written")
                .hint(TAKE_ANOTHER)
                .exception();
    }

    /// The same problem, with what it belongs to.
    static ProblemException of(Entry entry, ProblemException e) {
        var problem = e.problem();
        var told = new Problem(
                problem.kind(),
                problem.severity(),
                problem.code(),
                problem.message() + "; it belongs to " + entry.path(),
                problem.where(),
                problem.hint());
        return new ProblemException(told, e);
    }

    /// A path that no backup of ours names.
    static ProblemException path(String what) {
        return Problem.user("restore.path", what)
                .hint("it was not written by this program; take another one")
                .exception();
    }
}
