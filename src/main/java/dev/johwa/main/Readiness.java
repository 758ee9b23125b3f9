package dev.johwa.main;

import dev.johwa.lib.db.Database;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.router.Edge;
import dev.johwa.serve.router.EdgeReport;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What must answer before the control plane can work.
final class Readiness {
    private Readiness() {}

    /// By what is looked at: why it is not ready, or nothing.
    static Map<String, Supplier<Optional<String>>> of(Database database, Edge edge) {
        return Map.of(
                "database",
                () -> {
                    var away = database.away().map(Problem::message);
                    if (away.isEmpty()) {
                        database.read(handle -> handle.createQuery("select 1")
                                .mapTo(Integer.class)
                                .one());
                    }
                    return away;
                },
                "edge",
                () -> report(edge).isPresent() ? Optional.empty() : Optional.of("does not answer"));
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
