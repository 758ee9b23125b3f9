package dev.johwa.door.web;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.task.Tasks;
import dev.johwa.source.identity.Identity;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The rooms that the doors lead to.
///
/// @param identify who shows a token
/// @param readiness by what is looked at: why it is not ready, or nothing
public record WebRooms(
        Clock clock,
        Tasks tasks,
        Function<String, Optional<Identity>> identify,
        Map<String, Supplier<Optional<String>>> readiness) {}
