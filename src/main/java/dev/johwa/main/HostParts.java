package dev.johwa.main;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.http.HostLookup;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.AppStatus;
import dev.johwa.serve.release.Releases;
import dev.johwa.source.git.Mirror;
import dev.johwa.source.git.OnPush;
import dev.johwa.source.host.Connections;
import dev.johwa.source.host.HostPorts;
import dev.johwa.watch.report.Reporter;
import dev.johwa.watch.report.Reporter.Turn;
import java.util.Optional;
import java.util.function.Supplier;

/// Puts together what follows projects whose home is elsewhere.
final class HostParts {
    private HostParts() {}

    /// Tells the hosts how their commits fare here.
    static void report(Connections connections, Parts parts, Releases releases, Supplier<String> pages, Turn turn) {
        var places = (Reporter.Places) (project, app, environment) -> {
            var where = new AppEnvironment(project, app, environment);
            var url = releases.status(Optional.of(project)).stream()
                    .filter(each -> each.where().equals(where))
                    .map(AppStatus::url)
                    .findFirst();
            return new Reporter.Place(url.orElse(""), releases.isPreview(where));
        };
        new Reporter(parts.database(), connections, places, pages, turn).start(parts.facts());
    }

    /// @param onPush hears of what moved there
    static Connections connections(Settings settings, Parts parts, Clock clock, Tasks tasks, OnPush onPush) {
        return new Connections(new HostPorts(
                parts.database(),
                parts.facts(),
                clock,
                tasks,
                parts.values(),
                parts.configs(),
                parts.repositories(),
                new Mirror(parts.repositories(), parts.facts(), onPush),
                HostLookup::byMachine,
                settings.run().resolve("origins"),
                settings.machine()));
    }
}
