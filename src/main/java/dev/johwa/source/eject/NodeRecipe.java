package dev.johwa.source.eject;

import dev.johwa.source.detect.Detection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Node.js with npm, pnpm, Yarn or Bun.
final class NodeRecipe {
    private static final List<String> LOCKS =
            List.of("package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock", "bun.lockb");
    private static final List<String> BESIDE =
            List.of(".npmrc", ".yarnrc", ".yarnrc.yml", "pnpm-workspace.yaml", "bunfig.toml");
    private static final List<String> FOLDERS = List.of(".yarn", "patches");
    private static final Pattern HOOK = Pattern.compile("\"(preinstall|install|postinstall|prepare)\"\\s*:");
    private static final Pattern TOOL = Pattern.compile("(pnpm|yarn|bun)@(\\d[\\w.-]*)");
    private static final Pattern STARTS_NODE = Pattern.compile("node [^&|;]*");
    private static final int DEEPEST = 4;

    private final EjectedProject project;
    private final EjectedApp app;
    private final Detection detection;
    private final String manager;
    private final String manifest;

    NodeRecipe(EjectedProject project, EjectedApp app) {
        this.project = project;
        this.app = app;
        this.detection = app.detection();
        this.manager = detection.packageManager().orElse("npm");
        this.manifest = Sources.text(project.place(app).resolve("package.json"));
    }

    Recipe recipe() {
        var recipe = new Recipe();
        var version = Versions.of(detection, 1, "22");
        recipe.builder = "node:" + version + "-bookworm-slim";
        recipe.base = recipe.builder;
        recipe.port = 3000;
        tools(recipe);
        manifests(recipe);
        install(recipe);
        recipe.test = tests();
        recipe.testEnvironment.put("CI", "true");
        recipe.runEnvironment.put("NODE_ENV", "production");
        prune(recipe);
        var setup = Recipe.Step.of("actions/setup-node@v4", "node-version", version);
        if (hasLock() && !manager.equals("bun")) {
            setup.with().put("cache", manager);
            if (!app.isWhole()) {
                setup.with().put("cache-dependency-path", app.below(lock()).toString());
            }
        }
        recipe.steps.add(setup);
        return recipe;
    }

    private void tools(Recipe recipe) {
        if (manager.equals("pnpm") || manager.equals("bun")) {
            recipe.tools.add("npm install --global " + manager + version());
            if (manager.equals("pnpm")) {
                recipe.steps.add(Recipe.Step.of(
                        "pnpm/action-setup@v4", "version", version().replaceFirst("^@", "")));
            }
        } else if (isBerry()) {
            recipe.tools.add("corepack enable");
        }
    }

    private String version() {
        var found = TOOL.matcher(manifest + " " + detection.install());
        while (found.find()) {
            if (found.group(1).equals(manager)) {
                return "@" + found.group(2);
            }
        }
        return manager.equals("pnpm") ? "@10" : "@1";
    }

    private boolean isBerry() {
        return manager.equals("yarn") && (project.has(app, ".yarnrc.yml") || manifest.matches("(?s).*\"yarn@[2-9].*"));
    }

    private void manifests(Recipe recipe) {
        if (HOOK.matcher(manifest).find()) {
            // What its scripts of installation need is known to nobody.
            recipe.manifests.add(". .");
            return;
        }
        var beside = Stream.of(List.of("package.json"), LOCKS, BESIDE)
                .flatMap(List::stream)
                .filter(file -> project.has(app, file))
                .collect(Collectors.joining(" "));
        recipe.manifests.add(beside + " ./");
        members().forEach((folder, file) -> recipe.manifests.add(file + " " + folder + "/"));
        FOLDERS.stream()
                .filter(each -> project.has(app, each))
                .forEach(each -> recipe.manifests.add(each + " " + each));
    }

    /// The manifests of a workspace's packages by their folders.
    private Map<String, String> members() {
        var members = new TreeMap<String, String>();
        if (!manifest.contains("\"workspaces\"") && !project.has(app, "pnpm-workspace.yaml")) {
            return members;
        }
        var root = project.place(app);
        try (var walk = Files.find(root, DEEPEST, (path, about) -> path.endsWith("package.json"))) {
            walk.map(root::relativize)
                    .filter(path -> path.getNameCount() > 1 && !path.toString().contains("node_modules"))
                    .forEach(path -> members.put(String.valueOf(path.getParent()), path.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return members;
    }

    private String lock() {
        return LOCKS.stream().filter(file -> project.has(app, file)).findFirst().orElse("");
    }

    private boolean hasLock() {
        return !lock().isEmpty();
    }

    private void install(Recipe recipe) {
        if (detection.install().isEmpty()) {
            return;
        }
        boolean isExact = detection.install().stream().anyMatch(each -> each.contains("ci"))
                || String.valueOf(detection.install()).matches("(?s).*--(frozen-lockfile|immutable).*");
        recipe.install.add(
                switch (manager) {
                    case "pnpm" -> "pnpm install" + (isExact ? " --frozen-lockfile" : " --no-frozen-lockfile");
                    case "yarn" -> "yarn install" + (!isExact ? "" : isBerry() ? " --immutable" : " --frozen-lockfile");
                    case "bun" -> "bun install" + (isExact ? " --frozen-lockfile" : "");
                    default -> isExact ? "npm ci" : "npm install";
                });
    }

    /// By the name of the script, where there is one: the project changes it in one place.
    private List<String> tests() {
        var tests = new TreeSet<String>();
        boolean isScript = detection.evidence().stream()
                .anyMatch(
                        each -> each.file().equals("package.json") && each.why().startsWith("scripts.test"));
        var lines = new ArrayList<String>();
        for (var test : app.settings().test()) {
            boolean isOwn = detection.test().contains(test);
            var line = isOwn
                            && isScript
                            && detection.test().size() == 1
                            && Commands.folder(test.command()).isEmpty()
                    ? (manager.equals("bun") ? "bun run test" : manager + " test")
                    : tool(Commands.line(test.command()));
            if (tests.add(line)) {
                lines.add(line);
            }
        }
        return lines;
    }

    /// Programs of packages are on nobody's PATH elsewhere.
    private String tool(String line) {
        return line.matches("(vitest|jest|mocha|ava|playwright|tsc|c8|nyc|tap)\\b.*") ? "npx " + line : line;
    }

    /// What only builds and tests is left out, where what starts needs nothing of it for sure.
    private void prune(Recipe recipe) {
        boolean isPlain = app.settings().processes().values().stream()
                .map(Commands::line)
                .allMatch(line -> STARTS_NODE.matcher(line).matches());
        if (isPlain && !Recipes.isSite(app) && manifest.contains("\"devDependencies\"") && !recipe.install.isEmpty()) {
            switch (manager) {
                case "npm" -> recipe.prune.add("npm prune --omit=dev");
                case "pnpm" -> recipe.prune.add("CI=true pnpm prune --prod --ignore-scripts");
                default -> {
                    // Others have no word for it, or one that asks for a plugin.
                }
            }
        }
    }

    static List<String> check(int port, String path) {
        return List.of(
                "node",
                "-e",
                "fetch('http://127.0.0.1:" + port + path
                        + "').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))");
    }
}
