package dev.johwa.door.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Whether the control plane lives, and whether it can work.
final class HealthRoutes {
    private static final String ALIVE = "/healthz";
    private static final String READY = "/readyz";
    /// They answer whatever is away.
    static final Set<String> PATHS = Set.of(ALIVE, READY);

    private final Map<String, Supplier<Optional<String>>> checks;

    /// @param checks by what they look at; each answers why it is not ready, or nothing
    HealthRoutes(Map<String, Supplier<Optional<String>>> checks) {
        this.checks = new TreeMap<>(checks);
    }

    /// @param waiting what is not ready, and why
    record Health(String status, Map<String, String> waiting) {}

    List<Route> all() {
        return List.of(
                Route.get(ALIVE, Access.OPEN, "Alive", call -> call.answer(new Health("alive", Map.of())))
                        .gives(Health.class),
                Route.get(READY, Access.OPEN, "Ready to work", this::ready).gives(Health.class));
    }

    private void ready(Call call) {
        var waiting = new TreeMap<String, String>();
        checks.forEach((name, check) -> answer(check).ifPresent(why -> waiting.put(name, why)));
        call.answer(waiting.isEmpty() ? 200 : 503, new Health(waiting.isEmpty() ? "ready" : "not ready", waiting));
    }

    private static Optional<String> answer(Supplier<Optional<String>> check) {
        try {
            return check.get();
        } catch (RuntimeException e) {
            return Optional.of(e.getClass().getSimpleName());
        }
    }
}
