package dev.johwa.serve.schedule;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.release.Releases;

/// What schedules work with.
public record SchedulePorts(Database database, FactLog facts, Clock clock, Tasks tasks, Releases releases) {}
