package dev.johwa.lib.task;

import dev.johwa.lib.problem.Problem;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A wish to stop, shared by those who may have it and those who do the work. Safe for use by many threads.
///
/// The first reason stays. Listeners run once, in the thread that cancels; one that comes late runs at once.
public final class Cancel {
    private final List<Runnable> listeners = new ArrayList<>();
    private @Nullable String reason;

    /// Cancels; a second call changes nothing.
    public void cancel(String why) {
        List<Runnable> waiting;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            waiting = List.copyOf(listeners);
            listeners.clear();
        }
        waiting.forEach(Runnable::run);
    }

    public synchronized boolean isCancelled() {
        return reason != null;
    }

    /// Ends the work of who calls, once cancelled: for long work that nobody can close from outside.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException with the reason
    public void check() {
        reason().ifPresent(why -> {
            throw Problem.user("task.cancelled", "cancelled: " + why).exception();
        });
    }

    /// The same stream, which takes nothing any more once cancelled.
    public OutputStream guard(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(int single) throws IOException {
                check();
                out.write(single);
            }

            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
                check();
                out.write(bytes, offset, count);
            }
        };
    }

    /// Why, once cancelled.
    public synchronized Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /// Runs this when cancelled. Close what is returned when the work is over.
    public Registration onCancel(Runnable listener) {
        synchronized (this) {
            if (reason == null) {
                listeners.add(listener);
                return () -> remove(listener);
            }
        }
        listener.run();
        return () -> {};
    }

    private synchronized void remove(Runnable listener) {
        listeners.remove(listener);
    }

    /// Takes a listener away again.
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
