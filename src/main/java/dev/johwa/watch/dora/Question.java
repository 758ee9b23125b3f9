package dev.johwa.watch.dora;

import dev.johwa.lib.problem.Problem;
import java.time.Duration;
import java.util.Optional;

/// Which deployments are asked about.
///
/// @param project all projects when empty
/// @param app all apps of the project when empty
/// @param window how far back from now, more than nothing
public record Question(Optional<String> project, Optional<String> app, String environment, Duration window) {
    private static final String PRODUCTION = "production";

    public Question {
        if (window.isNegative() || window.isZero()) {
            throw Problem.user("dora.window", "a window of " + window + " holds no deployment")
                    .hint("ask for some days, such as 30d")
                    .exception();
        }
    }

    /// About production, the environment that counts.
    ///
    /// @param name PROJECT or PROJECT/APP; everything when empty
    public static Question production(Optional<String> name, Duration window) {
        var parts = name.map(text -> text.split("/", 2)).orElse(new String[0]);
        return new Question(
                parts.length > 0 ? Optional.of(parts[0]) : Optional.empty(),
                parts.length > 1 ? Optional.of(parts[1]) : Optional.empty(),
                PRODUCTION,
                window);
    }

    public Question in(String otherEnvironment) {
        return new Question(project, app, otherEnvironment, window);
    }

    boolean includes(Place place) {
        return place.environment().equals(environment)
                && project.map(place.project()::equals).orElse(true)
                && app.map(place.app()::equals).orElse(true);
    }
}
