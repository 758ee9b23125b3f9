package dev.johwa.main;

import dev.johwa.door.api.AppList;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.Edge;
import dev.johwa.serve.router.EdgeReport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// What must answer before the control plane can work.
final class Readiness {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Readiness() {}

    /// By what is looked at: why it is not ready, or nothing.
    static Map<String, Supplier<Optional<String>>> of(Database database, Edge edge, Tasks tasks) {
        return Map.of(
                "database",
                () -> database.away().map(Problem::message).or(() -> asked(database, tasks)),
                "edge",
                () -> report(edge).isPresent() ? Optional.empty() : Optional.of("does not answer"));
    }

    /// A read waits for a database that went away meanwhile; who asks here does not.
    private static Optional<String> asked(Database database, Tasks tasks) {
        var answer = tasks.call(
                "look at the database",
                () -> database.read(handle ->
                        handle.createQuery("select 1").mapTo(Integer.class).one()));
        try {
            answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (TimeoutException e) {
            return Optional.of(database.away()
                    .map(Problem::message)
                    .orElse("it does not answer within " + PATIENCE.toSeconds() + " s"));
        } catch (ExecutionException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("nobody waited for its answer");
        }
    }

    /// Which programs are at work.
    ///
    /// @param program of the control plane
    static AppList.Platform platform(String program, Edge edge) {
        var there = edge.programs();
        return new AppList.Platform(
                program, new AppList.Edge(there.serving(), edge.pid(), there.leaving(), there.note()));
    }

    /// What the edge counted; empty while it does not answer.
    static Optional<EdgeReport> report(Edge edge) {
        try {
            return Optional.of(edge.report());
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }
}
