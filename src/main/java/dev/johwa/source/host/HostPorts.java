package dev.johwa.source.host;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.http.HostLookup;
import dev.johwa.lib.task.Tasks;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.Values;
import dev.johwa.source.git.Mirror;
import dev.johwa.source.git.Repositories;
import java.nio.file.Path;
import java.util.Map;

/// What connections are made of.
///
/// @param lookup finds addresses of hosts
/// @param scratch where files of a short life lie; nobody else uses it
/// @param machine values of the environment of the server
public record HostPorts(
        Database database,
        FactLog facts,
        Clock clock,
        Tasks tasks,
        Values values,
        Configs configs,
        Repositories repositories,
        Mirror mirror,
        HostLookup lookup,
        Path scratch,
        Map<String, String> machine) {}
