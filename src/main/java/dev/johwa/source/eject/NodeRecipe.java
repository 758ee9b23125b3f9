package dev.johwa.source.eject;

import dev.johwa.source.eject.Recipe.Action;
import dev.johwa.source.eject.Subject.App;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How an app of Node.js is made, by the tool whose lock file it has.
final class NodeRecipe {
    private final Subject subject;
    private final App app;
    private final String version;
    private final String tool;
    private final List<String> manifests;

    NodeRecipe(Subject subject, App app, String version) {
        this.subject = subject;
        this.app = app;
        this.version = version;
        this.tool = app.detection().packageManager().orElse("npm");
        this.manifests = subject.present(
                app,
                "package.json",
                "package-lock.json",
                "npm-shrinkwrap.json",
                "pnpm-lock.yaml",
                "pnpm-workspace.yaml",
                "yarn.lock",
                ".yarnrc.yml",
                "bun.lock",
                "bun.lockb",
                ".npmrc");
    }

    Recipe make() {
        var base = tool.equals("bun") ? "oven/bun:1" : "node:" + version + "-bookworm-slim";
        boolean isTested = !app.detection().test().isEmpty();
        return new Recipe(
                base,
                base,
                manifests,
                install(),
                Recipes.lines(app.detection().build()),
                isTested ? List.of(tool.equals("bun") ? "bun run test" : tool + " test") : List.of(),
                trim(),
                Map.of("NODE_ENV", "production"),
                List.of(),
                List.of(setUp()));
    }

    private boolean isLocked() {
        return manifests.stream().anyMatch(name -> name.contains("lock") || name.contains("shrinkwrap"));
    }

    private List<String> install() {
        if (app.detection().install().isEmpty()) {
            return List.of();
        }
        var frozen = isLocked() ? " --frozen-lockfile" : "";
        var immutable = isLocked() && subject.has(app, ".yarnrc.yml") ? " --immutable" : frozen;
        return List.of(
                switch (tool) {
                    case "pnpm" -> "corepack enable && pnpm install" + frozen;
                    case "yarn" -> "corepack enable && yarn install" + immutable;
                    case "bun" -> "bun install" + frozen;
                    default -> isLocked() ? "npm ci" : "npm install";
                });
    }

    private List<String> trim() {
        if (app.detection().install().isEmpty()) {
            return List.of();
        }
        return switch (tool) {
            case "pnpm" -> List.of("pnpm prune --prod");
            case "npm" -> List.of("npm prune --omit=dev");
            default -> List.of();
        };
    }

    private Action setUp() {
        if (tool.equals("bun")) {
            return new Action("oven-sh/setup-bun@v2", Map.of());
        }
        var with = new LinkedHashMap<>(Recipes.with("node-version", version));
        // It looks for pnpm and yarn before corepack has brought them.
        if (isLocked() && tool.equals("npm")) {
            with.put("cache", tool);
        }
        return new Action("actions/setup-node@v4", with);
    }
}
