package dev.johwa.main;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.text.Mask;
import dev.johwa.source.config.Values;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Hides the secrets of projects in lines; knows a changed secret within a second. Safe for use by many threads.
final class Masks {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Values values;
    private final Clock clock;
    private final Map<String, Made> byProject = new ConcurrentHashMap<>();

    Masks(Values values, Clock clock) {
        this.values = values;
        this.clock = clock;
    }

    private record Made(Mask mask, long ticks) {}

    Mask of(String project) {
        var made = byProject.compute(
                project,
                (name, known) -> known != null && clock.ticks() - known.ticks() < FRESH.toNanos()
                        ? known
                        : new Made(new Mask(values.allSecrets(name)), clock.ticks()));
        return made.mask();
    }

    /// @param app `shop` or `shop/api`
    String hide(String app, String line) {
        return of(app.replaceFirst("/.*", "")).apply(line);
    }
}
