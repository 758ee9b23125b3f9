package dev.johwa.serve.release;

import dev.johwa.serve.release.InstanceStore.Kept;
import dev.johwa.serve.router.Edge;
import dev.johwa.serve.router.EdgeReport;
import java.util.List;
import java.util.Optional;

/// Tells at one moment which apps nobody has asked for long enough to let them sleep. The edge is asked once, when it
/// first matters. For one thread.
final class Idleness {
    private final Edge edge;
    private final long now;
    private Optional<EdgeReport> report = Optional.empty();

    /// @param now in milliseconds
    Idleness(Edge edge, long now) {
        this.edge = edge;
        this.now = now;
    }

    /// @param instances that run where the release serves
    boolean isIdle(Release release, List<Kept> instances) {
        var sleep = release.settings().sleep();
        if (sleep.isEmpty() || !release.settings().processes().containsKey("web")) {
            return false;
        }
        long started = instances.stream()
                .filter(kept -> kept.isOf(release))
                .mapToLong(kept -> kept.instance().startedAt().toEpochMilli())
                .max()
                .orElse(now);
        long limit = sleep.get().toMillis();
        return now - started > limit && now - lastAsked(release.where()) > limit;
    }

    private long lastAsked(AppEnvironment where) {
        if (report.isEmpty()) {
            report = Optional.of(edge.report());
        }
        return report.get().counts().stream()
                .filter(count ->
                        count.app().equals(where.name()) && count.environment().equals(where.environment()))
                .mapToLong(count -> count.inFlight() > 0 ? now : count.lastRequestAtMillis())
                .max()
                .orElse(0);
    }
}
