package dev.johwa.source.eject;

import dev.johwa.source.detect.Detection.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The recipe of an app: that of its language, with what its settings say.
final class Recipes {
    /// Values of tools that hold wherever they run.
    private static final Set<String> CARRIED =
            Set.of("NODE_OPTIONS", "PUBLIC_URL", "CGO_ENABLED", "YARN_NODE_LINKER", "NX_DAEMON", "FUNCTION_TARGET");
    /// Values that a build writes into pages.
    private static final String BUILT_IN = "(NEXT_PUBLIC|VITE|REACT_APP|NUXT_PUBLIC|GATSBY|PUBLIC)_.*";

    private final EjectedProject project;

    Recipes(EjectedProject project) {
        this.project = project;
    }

    /// @return empty for a language of which nothing is known here
    Optional<Recipe> of(EjectedApp app) {
        return language(app).map(recipe -> completed(recipe, app));
    }

    private Optional<Recipe> language(EjectedApp app) {
        return switch (app.detection().provider().replaceFirst("-.*", "")) {
            case "node" -> Optional.of(new NodeRecipe(project, app).recipe());
            case "python" -> Optional.of(new PythonRecipe(project, app).recipe());
            case "java" -> Optional.of(new JvmRecipe(project, app).recipe());
            case "go" -> Optional.of(new NativeRecipe(project, app).go());
            case "rust" -> Optional.of(new NativeRecipe(project, app).rust());
            case "static" -> Optional.of(new Recipe());
            default -> Optional.empty();
        };
    }

    private static Recipe completed(Recipe recipe, EjectedApp app) {
        var detection = app.detection();
        var settings = app.settings();
        recipe.build = Commands.lines(settings.build());
        recipe.port = port(app).orElse(recipe.port);
        detection.environment().forEach((name, value) -> {
            if (CARRIED.contains(name)) {
                recipe.environment.put(name, value);
            }
        });
        settings.values().forEach((name, value) -> {
            if (name.matches(BUILT_IN)) {
                recipe.environment.put(name, value);
            }
        });
        detection.testEnvironment().forEach((name, value) -> {
            if (!value.contains("/") && !value.contains("johwa")) {
                recipe.testEnvironment.put(name, value);
            }
        });
        if (recipe.processes.isEmpty()) {
            settings.processes().forEach((name, argv) -> {
                if (!argv.isEmpty()) {
                    recipe.processes.put(name, Commands.words(argv));
                    recipe.at = Commands.folder(argv);
                }
            });
        }
        if (isSite(app)) {
            recipe.port = 8080;
            recipe.processes.clear();
        } else if (settings.service() == Service.WEB) {
            recipe.check = settings.health().path().flatMap(path -> check(recipe, path));
        }
        return recipe;
    }

    static boolean isSite(EjectedApp app) {
        return app.settings().publish().isPresent();
    }

    private static OptionalInt port(EjectedApp app) {
        return app.settings().port().isPresent()
                ? app.settings().port()
                : app.detection().port();
    }

    /// Only where the image is sure to have what asks.
    private static Optional<List<String>> check(Recipe recipe, String path) {
        return recipe.base.startsWith("node:")
                ? Optional.of(NodeRecipe.check(recipe.port, path))
                : recipe.base.startsWith("python:")
                        ? Optional.of(PythonRecipe.check(recipe.port, path))
                        : Optional.empty();
    }

    /// The process that a request reaches, else the first.
    static Optional<Map.Entry<String, List<String>>> first(Recipe recipe) {
        return Recipe.first(recipe.processes);
    }
}
