package dev.johwa.door.web;

import dev.johwa.build.registry.Passes;
import dev.johwa.source.identity.Identity;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.Function;

/// The gate of the registry's routes: there, and nowhere else, a pass opens what it was given for.
final class RegistryGate {
    private final Passes passes;
    private final Function<String, Optional<Identity>> tokens;

    RegistryGate(Passes passes, Function<String, Optional<Identity>> tokens) {
        this.passes = passes;
        this.tokens = tokens;
    }

    Call pass(Route route, Context context) {
        return new Gate(shown -> identify(route, context.path(), shown), session -> Optional.empty())
                .pass(route, context);
    }

    private Optional<Identity> identify(Route route, String path, String shown) {
        if (!passes.holds(shown)) {
            return tokens.apply(shown);
        }
        var asked = route.access().permission();
        return asked.isEmpty()
                ? passes.holder(shown)
                : passes.identify(shown, RegistryPath.of(path).repository(), asked.get());
    }
}
