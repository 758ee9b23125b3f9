package dev.johwa.door.web;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.http.HostLookup;
import dev.johwa.lib.task.Tasks;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.ServerSpec;
import dev.johwa.source.config.Values;
import dev.johwa.source.git.Mirror;
import dev.johwa.source.git.Repositories;
import dev.johwa.source.host.Connections;
import dev.johwa.source.host.HostPorts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Connections to hosts of a test in which no project has its home elsewhere.
final class NoHosts {
    private NoHosts() {}

    static Connections of(Database database, Clock clock, Tasks tasks, Repositories repositories, Path folder) {
        var facts = new FactLog(database, clock, List.of());
        return new Connections(new HostPorts(
                database,
                facts,
                clock,
                tasks,
                new Values(database, clock, folder.resolve("key")),
                new Configs(ServerSpec.none()),
                repositories,
                new Mirror(repositories, facts, (push, progress) -> Optional.empty()),
                HostLookup::byMachine,
                folder.resolve("origins"),
                Map.of()));
    }
}
