package dev.johwa.lib.db;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A write that waits for its turn, and then for the commit.
final class Job<T> {
    private final Function<Handle, T> work;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private @Nullable T value;
    private @Nullable Throwable failure;

    Job(Function<Handle, T> work) {
        this.work = work;
    }

    CompletableFuture<T> answer() {
        return answer;
    }

    /// Leaves nothing of the work when it throws. It runs again when the connection was lost before the commit.
    ///
    /// @throws RuntimeException when the engine has given up the whole transaction, as it does on a full disk
    void run(Handle handle, Statements statements) {
        failure = null;
        statements.savepoint();
        try {
            value = work.apply(handle);
        } catch (RuntimeException | Error e) {
            failure = e;
            takeBack(statements, e);
        }
        statements.release();
    }

    private static void takeBack(Statements statements, Throwable cause) {
        try {
            statements.rollbackToSavepoint();
        } catch (IllegalStateException gone) {
            cause.addSuppressed(gone);
            throw cause instanceof RuntimeException told ? told : gone;
        }
    }

    @SuppressWarnings("NullAway") // the value is as the work gave it
    void answerIt() {
        if (failure != null) {
            answer.completeExceptionally(failure);
        } else {
            answer.complete(value);
        }
    }
}
