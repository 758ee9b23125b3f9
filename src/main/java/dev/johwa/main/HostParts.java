package dev.johwa.main;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.http.HostLookup;
import dev.johwa.lib.task.Tasks;
import dev.johwa.source.git.Mirror;
import dev.johwa.source.git.OnPush;
import dev.johwa.source.host.Connections;
import dev.johwa.source.host.HostPorts;

/// Puts together what follows projects whose home is elsewhere.
final class HostParts {
    private HostParts() {}

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
