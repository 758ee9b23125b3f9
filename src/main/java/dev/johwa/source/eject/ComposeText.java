package dev.johwa.source.eject;

import dev.johwa.source.detect.Detection.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The compose file of a project: its apps by process, the databases they use, and what runs once before them.
final class ComposeText {
    /// How it begins, by which it is known from a file of the project's own.
    static final String MADE = "# All of it together: docker compose up --build --detach";

    /// The profile of what starts only when somebody says so.
    private static final String JOBS = "jobs";

    private final EjectedProject project;
    private final Map<EjectedApp, Optional<Recipe>> recipes;
    private final Map<EjectedApp, OwnImage> own = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();
    private final Set<String> volumes = new TreeSet<>();
    private final Set<Integer> published = new TreeSet<>();
    private final Set<String> secrets = new LinkedHashSet<>();
    private final Set<String> names = new LinkedHashSet<>();

    /// @param recipes without one, what an image starts is said by its Dockerfile
    ComposeText(EjectedProject project, Map<EjectedApp, Optional<Recipe>> recipes) {
        this.project = project;
        this.recipes = new LinkedHashMap<>(recipes);
        recipes.keySet().forEach(app -> OwnImage.of(project, app).ifPresent(image -> own.put(app, image)));
    }

    String text() {
        lines.add(MADE);
        lines.add("name: " + Scalar.of(project.name()));
        recipes.forEach(this::shared);
        lines.add("");
        lines.add("services:");
        recipes.forEach(this::services);
        databases();
        if (!volumes.isEmpty()) {
            lines.add("");
            lines.add("volumes:");
            volumes.forEach(each -> lines.add("  " + each + ":"));
        }
        return String.join("\n", lines) + "\n";
    }

    /// The names of what has no value in the repository.
    String example() {
        return secrets.isEmpty()
                ? ""
                : "# Copy it to .env, which stays out of git, and fill it in.\n" + String.join("=\n", secrets) + "=\n";
    }

    /// Whether more than one service is made of an app's image.
    private boolean isShared(EjectedApp app, Optional<Recipe> recipe) {
        return processes(app, recipe).size() > 1
                || !app.settings().release().isEmpty()
                || !app.settings().schedule().isEmpty();
    }

    private Map<String, List<String>> processes(EjectedApp app, Optional<Recipe> recipe) {
        var image = own.get(app);
        return image == null ? recipe.map(each -> each.processes).orElse(Map.of()) : image.processes();
    }

    private void shared(EjectedApp app, Optional<Recipe> recipe) {
        if (isShared(app, recipe)) {
            lines.add("");
            lines.add("x-" + app.label() + ": &" + app.label());
            common(app, recipe, "  ");
        }
    }

    /// What all services of an app's image have.
    private void common(EjectedApp app, Optional<Recipe> recipe, String indent) {
        lines.add(indent + "image: " + app.label());
        build(app, indent);
        lines.add(indent + "init: true");
        environment(app, recipe, indent);
        var folders = app.settings().data().stream()
                .filter(each -> each.endsWith("/"))
                .toList();
        if (!folders.isEmpty()) {
            lines.add(indent + "volumes:");
            for (var each : folders) {
                var path = each.substring(0, each.length() - 1);
                var volume = (app.label() + "-" + path).replaceAll("[^A-Za-z0-9_.-]+", "-");
                volumes.add(volume);
                lines.add(indent + "  - " + volume + ":" + inside(app).resolve(path));
            }
        }
        limits(app, indent);
    }

    /// The folder of the image in which the app lies.
    private Path inside(EjectedApp app) {
        var image = own.get(app);
        return image == null ? Path.of("/app") : image.folder();
    }

    private void build(EjectedApp app, String indent) {
        var folder = app.isWhole() ? "." : "./" + app.folder();
        var image = own.get(app);
        var more = image == null ? List.<String>of() : image.build();
        if (more.isEmpty()) {
            lines.add(indent + "build: " + Scalar.of(folder).replace("\"", ""));
            return;
        }
        lines.add(indent + "build:");
        lines.add(indent + "  context: " + folder);
        more.forEach(line -> lines.add(indent + "  " + line));
    }

    private void environment(EjectedApp app, Optional<Recipe> recipe, String indent) {
        var values = new LinkedHashMap<String, String>();
        app.settings().values().forEach((name, value) -> values.put(name, value.replace("$", "$$")));
        for (var each : app.settings().data()) {
            Database.of(each).ifPresent(kind -> {
                var password = kind.password().map(ComposeText::required).orElse("");
                kind.password().ifPresent(secrets::add);
                values.put(kind.variable, kind.address(databaseName(), password, kind.word));
            });
        }
        app.settings().secrets().stream()
                .filter(name -> !values.containsKey(name))
                .forEach(name -> {
                    secrets.add(name);
                    values.put(name, required(name));
                });
        int port = inside(app, recipe);
        // The Dockerfile that we write says both.
        if (own.containsKey(app) && port > 0) {
            values.put("PORT", String.valueOf(port));
            values.put("HOST", "0.0.0.0");
        }
        if (!values.isEmpty()) {
            lines.add(indent + "environment:");
            values.forEach((name, value) -> lines.add(indent + "  " + name + ": " + Scalar.of(value)));
        }
    }

    private static String required(String name) {
        return "${" + name + ":?set it in .env}";
    }

    private String databaseName() {
        return project.name().replaceAll("[^A-Za-z0-9]+", "_");
    }

    private void limits(EjectedApp app, String indent) {
        var limits = app.settings().limits();
        limits.memoryBytes().ifPresent(bytes -> lines.add(indent + "mem_limit: " + bytes));
        limits.cpus().ifPresent(cpus -> lines.add(indent + "cpus: " + cpus));
    }

    private void services(EjectedApp app, Optional<Recipe> recipe) {
        var settings = app.settings();
        if (!settings.release().isEmpty()) {
            open(app, recipe, app.label() + "-release");
            var command = settings.release().size() == 1
                    ? Commands.words(settings.release().getFirst())
                    : List.of("sh", "-ec", String.join("\n", Commands.lines(settings.release())));
            command(app, command);
            waits(app, false);
            lines.add("    restart: \"no\"");
        }
        var processes = processes(app, recipe);
        var first = Recipe.first(processes).map(Map.Entry::getKey).orElse("web");
        var image = own.get(app);
        service(app, recipe, app.label(), image == null ? List.of() : processes.getOrDefault(first, List.of()));
        processes.forEach((name, words) -> {
            if (!name.equals(first)) {
                beside(app, recipe, app.label() + "-" + name, words);
            }
        });
        settings.schedule().forEach((name, job) -> {
            open(app, recipe, app.label() + "-" + name);
            command(app, Commands.words(job.run()));
            lines.add("    profiles: [" + JOBS + "]");
            waits(app, false);
            lines.add("    restart: \"no\"");
        });
    }

    private void command(EjectedApp app, List<String> words) {
        if (!words.isEmpty()) {
            var image = own.get(app);
            lines.add("    " + (image == null ? "command" : image.commandKey()) + ": " + array(words));
        }
    }

    /// What requests come to.
    private void service(EjectedApp app, Optional<Recipe> recipe, String name, List<String> command) {
        open(app, recipe, name);
        command(app, command);
        var image = own.get(app);
        if (image != null && serves(app)) {
            image.check(inside(app, recipe)).ifPresent(this::check);
        }
        port(app, recipe);
        waits(app, true);
        lines.add("    restart: unless-stopped");
    }

    private void check(List<String> argv) {
        lines.add("    healthcheck:");
        lines.add("      test: "
                + array(Stream.concat(Stream.of("CMD"), argv.stream()).toList()));
    }

    private void beside(EjectedApp app, Optional<Recipe> recipe, String name, List<String> command) {
        open(app, recipe, name);
        command(app, command);
        var image = own.get(app);
        // What the image asks is answered by the process that serves.
        if (recipe.flatMap(each -> each.check).isPresent() || image != null && image.asksByItself()) {
            lines.add("    healthcheck:");
            lines.add("      disable: true");
        }
        waits(app, true);
        lines.add("    restart: unless-stopped");
    }

    private void open(EjectedApp app, Optional<Recipe> recipe, String name) {
        names.add(name);
        lines.add("  " + name + ":");
        if (isShared(app, recipe)) {
            lines.add("    <<: *" + app.label());
        } else {
            common(app, recipe, "    ");
        }
    }

    private void port(EjectedApp app, Optional<Recipe> recipe) {
        int port = inside(app, recipe);
        if (port > 0) {
            int outside = port;
            while (!published.add(outside)) {
                outside++;
            }
            lines.add("    ports:");
            lines.add("      - \"" + outside + ":" + port + "\"");
        }
    }

    /// What it leaves open of images whose Dockerfile is the project's own.
    Map<EjectedApp, List<String>> gaps() {
        var gaps = new LinkedHashMap<EjectedApp, List<String>>();
        own.forEach((app, image) -> gaps.put(app, image.gaps(serves(app) ? inside(app, Optional.empty()) : 0)));
        return gaps;
    }

    /// The port of an app's service, 0 where none is known.
    static int inside(EjectedApp app, Optional<Recipe> recipe) {
        return recipe.filter(_ -> serves(app))
                .map(each -> each.port)
                .orElse(app.settings().port().orElse(app.detection().port().orElse(0)));
    }

    static boolean serves(EjectedApp app) {
        return Recipes.isSite(app) || app.settings().service() == Service.WEB;
    }

    private void waits(EjectedApp app, boolean isAfterRelease) {
        var conditions = new LinkedHashMap<String, String>();
        for (var each : app.settings().data()) {
            Database.of(each).ifPresent(kind -> conditions.put(kind.word, "service_healthy"));
        }
        if (isAfterRelease && !app.settings().release().isEmpty()) {
            conditions.put(app.label() + "-release", "service_completed_successfully");
        }
        if (!conditions.isEmpty()) {
            lines.add("    depends_on:");
            conditions.forEach((name, condition) -> {
                lines.add("      " + name + ":");
                lines.add("        condition: " + condition);
            });
        }
    }

    private void databases() {
        var kinds = new LinkedHashSet<Database>();
        recipes.keySet()
                .forEach(app ->
                        app.settings().data().forEach(each -> Database.of(each).ifPresent(kinds::add)));
        for (var kind : kinds) {
            lines.add("  " + kind.word + ":");
            lines.add("    image: " + kind.image);
            if (kind == Database.REDIS) {
                lines.add("    command: [\"redis-server\", \"--appendonly\", \"yes\"]");
            }
            kind.password().ifPresent(password -> {
                lines.add("    environment:");
                kind.names().forEach(each -> lines.add("      " + each + ": " + databaseName()));
                lines.add("      " + password + ": " + Scalar.of(required(password)));
                if (kind == Database.MARIADB) {
                    lines.add("      MARIADB_RANDOM_ROOT_PASSWORD: \"yes\"");
                }
            });
            lines.add("    volumes:");
            lines.add("      - " + kind.word + ":" + kind.folder);
            volumes.add(kind.word);
            lines.add("    healthcheck:");
            lines.add("      test: " + Commands.array(List.of("CMD-SHELL", kind.check(databaseName()))));
            lines.add("      interval: 5s");
            lines.add("      timeout: 5s");
            lines.add("      retries: 20");
            lines.add("    restart: unless-stopped");
        }
    }

    /// Dollars are the compose file's own.
    private static String array(List<String> words) {
        return Commands.array(words).replace("$", "$$");
    }
}
