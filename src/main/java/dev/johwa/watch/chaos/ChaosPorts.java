package dev.johwa.watch.chaos;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.release.Releases;
import java.util.function.BinaryOperator;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What the room needs.
///
/// @param releases not asked before all rooms are made
/// @param hide the secrets of a project in a text
/// @param forbidden whether the rules of this server forbid faults now
public record ChaosPorts(
        Database database,
        FactLog facts,
        Clock clock,
        Tasks tasks,
        Supplier<Releases> releases,
        BinaryOperator<String> hide,
        BooleanSupplier forbidden) {}
