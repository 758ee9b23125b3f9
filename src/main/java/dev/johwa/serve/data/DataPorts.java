package dev.johwa.serve.data;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.target.Accounts;
import dev.johwa.source.config.Values;
import java.nio.file.Path;

/// What databases are made with.
///
/// @param values where passwords and given addresses are sealed
/// @param accounts as which servers run
/// @param beside starts commands in the containers of databases
/// @param folder below which servers keep what they have
public record DataPorts(
        Database database,
        Values values,
        Processes processes,
        Accounts accounts,
        Clock clock,
        Tasks tasks,
        Path folder,
        Beside beside) {}
