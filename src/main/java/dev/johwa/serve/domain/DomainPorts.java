package dev.johwa.serve.domain;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.http.HostLookup;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.Edge;

/// What names work with.
///
/// @param lookup finds where names point
public record DomainPorts(Database database, Edge edge, HostLookup lookup, Tasks tasks, Clock clock) {}
