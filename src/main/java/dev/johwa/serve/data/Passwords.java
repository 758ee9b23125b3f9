package dev.johwa.serve.data;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.config.Values;
import java.util.List;
import java.util.Map;

/// Passwords of databases and addresses that were given: sealed among the secrets of the app, under its environment
/// itself, so that previews share none, and hidden in every log as they are.
final class Passwords {
    private final Values values;

    Passwords(Values values) {
        this.values = values;
    }

    /// A branch's name has no colon, so that this is no other scope.
    private static Values.Scope scope(Owner owner) {
        return new Values.Scope(owner.project(), owner.app(), "data:" + owner.environment());
    }

    /// Makes one where there is none; once made, it stays.
    void make(AppDatabase database) {
        values.makeSecrets(scope(database.owner()), List.of(database.variable()));
    }

    void give(Owner owner, String variable, String address) {
        values.setSecrets(scope(owner), Map.of(variable, address));
    }

    String of(AppDatabase database) {
        var secret =
                values.revealSecrets(scope(database.owner()), Long.MAX_VALUE).get(database.variable());
        if (secret == null) {
            throw Problem.resource(
                            "data.secret",
                            "the password of " + database.variable() + " of " + database.owner() + " is gone")
                    .hint("remove the database and add it again, then restore its newest dump")
                    .exception();
        }
        return secret;
    }

    Role role(AppDatabase database) {
        return new Role(database.name(), of(database));
    }

    /// For a database that is made again: the key with which its password was sealed need not be here.
    String ofOrNew(AppDatabase database) {
        try {
            return of(database);
        } catch (ProblemException e) {
            remove(database);
            make(database);
            return of(database);
        }
    }

    void remove(AppDatabase database) {
        values.removeSecrets(scope(database.owner()), List.of(database.variable()));
    }
}
