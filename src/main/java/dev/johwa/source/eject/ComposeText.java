package dev.johwa.source.eject;

import dev.johwa.lib.json.Json;
import dev.johwa.source.eject.Subject.App;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Writes the compose file of a project: each process a service, databases with volumes, and what runs once before.
final class ComposeText {
    private static final int FIRST_PORT = 8080;

    private final Subject subject;
    private final StringBuilder text = new StringBuilder();
    private final Set<String> secrets = new TreeSet<>();
    private final Set<String> volumes = new LinkedHashSet<>();
    private final List<String> notes = new ArrayList<>();
    private int published = FIRST_PORT;

    ComposeText(Subject subject) {
        this.subject = subject;
    }

    /// What it does not say.
    List<String> notes() {
        return notes;
    }

    /// An example of the values that it wants from its environment; empty where it wants none.
    Optional<String> example() {
        return secrets.isEmpty() ? Optional.empty() : Optional.of(String.join("=\n", secrets) + "=\n");
    }

    String text() {
        text.append("name: ").append(subject.name()).append("\nservices:\n");
        subject.apps().forEach(this::app);
        var databases = new LinkedHashSet<Database>();
        subject.apps().forEach(app -> databases.addAll(databases(app)));
        databases.forEach(this::database);
        if (!volumes.isEmpty()) {
            text.append("volumes:\n");
            volumes.forEach(volume -> text.append("  ").append(volume).append(": {}\n"));
        }
        return text.toString();
    }

    private void line(int depth, String words) {
        text.append("  ".repeat(depth)).append(words).append('\n');
    }

    private static List<Database> databases(App app) {
        return app.settings().data().stream()
                .flatMap(entry -> Database.of(entry).stream())
                .toList();
    }

    private void app(App app) {
        boolean isMigrated = !app.settings().release().isEmpty();
        if (isMigrated) {
            var lines = app.settings().release().stream().map(Recipes::line).toList();
            service(app, app.name() + "-release");
            line(2, "command: " + Json.write(List.of("sh", "-c", String.join(" && ", lines))));
            common(app, false);
        }
        var processes = new TreeMap<>(app.settings().processes());
        if (processes.isEmpty() && app.detection().publish().isPresent()) {
            processes.put("web", List.of());
        }
        processes.forEach((process, command) -> {
            boolean isWeb = process.equals("web");
            service(app, isWeb ? app.name() : app.name() + "-" + process);
            if (!isWeb) {
                line(2, "command: " + Json.write(Dockerfiles.start(app, process)));
            } else {
                line(2, "ports: [\"" + published++ + ":" + Dockerfiles.port(app) + "\"]");
            }
            common(app, isMigrated);
            line(2, "restart: unless-stopped");
        });
        app.settings()
                .schedule()
                .forEach((name, job) -> notes.add("the job " + name + " of " + app.name() + " (" + job.cron()
                        + ") is not in compose.yaml: have cron run `docker compose run --rm " + app.name() + " "
                        + Recipes.line(job.run()) + "`"));
    }

    private void service(App app, String name) {
        line(1, name + ":");
        var context = app.isWhole() ? "." : "./" + app.place();
        var container = app.detection().container();
        var file = container.map(each -> each.file()).filter(each -> !each.equals("Dockerfile"));
        var stage = container.flatMap(each -> each.stage());
        if (file.isEmpty() && stage.isEmpty()) {
            line(2, "build: " + context);
            return;
        }
        line(2, "build:");
        line(3, "context: " + context);
        file.ifPresent(each -> line(3, "dockerfile: " + each));
        stage.ifPresent(each -> line(3, "target: " + each));
    }

    private void common(App app, boolean isAfterRelease) {
        var values = new LinkedHashMap<String, String>();
        databases(app).forEach(each -> {
            var password = passwordOf(each);
            values.put(each.variable, each.address(each.word, "${" + password + ":?}"));
        });
        new TreeMap<>(app.settings().values()).forEach((name, value) -> values.put(name, value.replace("$", "$$")));
        app.settings().secrets().forEach(name -> {
            secrets.add(name);
            values.put(name, "${" + name + ":?}");
        });
        app.detection().needs().required().stream()
                .filter(name -> !values.containsKey(name))
                .forEach(name -> {
                    secrets.add(name);
                    values.put(name, "${" + name + ":?}");
                });
        if (!values.isEmpty()) {
            line(2, "environment:");
            values.forEach((name, value) -> line(3, name + ": " + Json.write(value)));
        }
        needs(app, isAfterRelease);
        folders(app);
    }

    private String passwordOf(Database database) {
        if (database == Database.REDIS) {
            return "";
        }
        var name = database.name() + "_PASSWORD";
        secrets.add(name);
        return name;
    }

    private void needs(App app, boolean isAfterRelease) {
        var needs = new LinkedHashMap<String, String>();
        databases(app).forEach(each -> needs.put(each.word, "service_healthy"));
        if (isAfterRelease) {
            needs.put(app.name() + "-release", "service_completed_successfully");
        }
        if (!needs.isEmpty()) {
            line(2, "depends_on:");
            needs.forEach((name, condition) -> line(3, name + ": {condition: " + condition + "}"));
        }
    }

    private void folders(App app) {
        var folders = app.settings().data().stream()
                .filter(entry -> entry.contains("/"))
                .toList();
        if (!folders.isEmpty()) {
            line(2, "volumes:");
            for (var folder : folders) {
                var plain = folder.replaceAll("^/|/$", "");
                var volume = app.name() + "-" + plain.replaceAll("[^a-zA-Z0-9]+", "-");
                volumes.add(volume);
                line(3, "- " + volume + ":" + (folder.startsWith("/") ? "" : "/app/") + folder.replaceAll("/$", ""));
            }
        }
    }

    private void database(Database database) {
        line(1, database.word + ":");
        line(2, "image: " + database.image);
        if (!database.environment().isEmpty()) {
            line(2, "environment:");
            for (var each : database.environment()) {
                int sign = each.indexOf('=');
                var value = each.substring(sign + 1);
                boolean isPassword = value.equals(Database.PASSWORD);
                var shown = isPassword ? "${" + passwordOf(database) + ":?}" : value;
                line(3, each.substring(0, sign) + ": " + Json.write(shown));
            }
        }
        volumes.add(database.word + "-data");
        line(2, "volumes: [\"" + database.word + "-data:" + database.folder() + "\"]");
        line(2, "healthcheck:");
        line(3, "test: " + Json.write(database.check()));
        line(3, "interval: 5s");
        line(3, "retries: 20");
        line(2, "restart: unless-stopped");
    }
}
