package dev.johwa.serve.release;

import dev.johwa.build.image.Images;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.http.Probe;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.data.Data;
import dev.johwa.serve.domain.Domains;
import dev.johwa.serve.router.Edge;
import dev.johwa.serve.target.Target;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.Values;
import dev.johwa.source.git.Repositories;
import dev.johwa.source.identity.Visitors;
import java.time.Duration;

/// What releases work with.
///
/// @param domain under which apps get their names: `localhost`
/// @param warm how long a replaced release stays ready to serve again
/// @param drain how long requests may go on in a replaced release
public record Ports(
        Database database,
        FactLog facts,
        Clock clock,
        Tasks tasks,
        Repositories repositories,
        Configs configs,
        Values values,
        Images images,
        Target target,
        Data data,
        Edge edge,
        Domains domains,
        Visitors visitors,
        Exporting exporting,
        Trials trials,
        Probe probe,
        String domain,
        Duration warm,
        Duration drain) {}
