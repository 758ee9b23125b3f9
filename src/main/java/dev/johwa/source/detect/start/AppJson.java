package dev.johwa.source.detect.start;

import dev.johwa.lib.cron.Cron;
import dev.johwa.lib.json.Json;
import dev.johwa.source.detect.stack.Folder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// An app.json as Heroku and Dokku read it: values, tests, health checks, jobs. Other tools have files of that name;
/// one without a word of theirs is none.
final class AppJson {
    static final String FILE = "app.json";
    private static final List<String> WORDS = List.of(
            "scripts", "env", "formation", "addons", "buildpacks", "healthchecks", "environments", "stack", "cron");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /// Values that the platform gives.
    private static final Set<String> OURS = Set.of("PORT", "HOST", "HOME");

    private AppJson() {}

    static Optional<Said> read(Folder folder) {
        return folder.read(FILE).flatMap(AppJson::read);
    }

    private static Optional<Said> read(String text) {
        var said = new Said(FILE);
        var broken = Json.syntax(FILE, text);
        if (broken.isPresent()) {
            var where = broken.get().where();
            said.problem(
                    where == null ? 0 : where.line(), broken.get().message(), "mend it there; nothing of it is used");
            return Optional.of(said);
        }
        Json.slip(FILE, text, false).ifPresent(said.problems::add);
        var json = Json.tree(text);
        if (!json.isObject() || json.has("expo") || WORDS.stream().noneMatch(json::has)) {
            return Optional.empty();
        }
        said.test = text(json.at("/environments/test/scripts/test")).or(() -> text(json.at("/scripts/test")));
        values(json.path("env"), said);
        health(json.at("/healthchecks/web"), said);
        cron(json.path("cron"), said);
        remarks(json, said);
        return Optional.of(said);
    }

    private static Optional<String> text(JsonNode node) {
        return node.isString() && !node.asString().isBlank() ? Optional.of(node.asString()) : Optional.empty();
    }

    /// Plain values are taken, and secrets made that it wants made. What it calls required must be there; where it says
    /// nothing of that, many files list what may be given, so it is only told.
    private static void values(JsonNode env, Said said) {
        var wanted = new ArrayList<String>();
        env.properties().forEach(entry -> {
            var name = entry.getKey();
            var node = entry.getValue();
            var value = text(node).or(() -> text(node.path("value")));
            if (!NAME.matcher(name).matches() || OURS.contains(name)) {
                return;
            }
            if (value.isPresent()) {
                said.environment.put(name, value.get());
            } else if (node.path("generator").asString("").equals("secret")) {
                said.generated.add(name);
            } else if (node.path("required").asBoolean(false)) {
                said.required.add(name);
            } else if (node.isObject() && node.path("required").asBoolean(true)) {
                wanted.add(name);
            }
        });
        if (!said.required.isEmpty()) {
            said.remarks.add("requires " + String.join(", ", said.required));
        }
        if (!said.generated.isEmpty()) {
            said.remarks.add("wants a secret made for " + String.join(", ", said.generated));
        }
        if (!wanted.isEmpty()) {
            said.problem(
                    0,
                    "it wants " + String.join(", ", wanted) + " to be given",
                    "unless that was done: `johwa secrets set APP " + wanted.getFirst() + "`");
        }
    }

    /// Dokku's jobs; one that it holds back does not run here either.
    private static void cron(JsonNode jobs, Said said) {
        for (var job : jobs) {
            var line = text(job.path("command")).orElse("");
            var at = text(job.path("schedule")).orElse("");
            if (job.path("maintenance").asBoolean(false)) {
                said.remarks.add("'" + line + "' is held back by its maintenance: true");
            } else if (line.isEmpty() || !Cron.isOne(at)) {
                said.problem(
                        0,
                        "cron: '" + line + "' at '" + at + "' never runs",
                        "write a command and five fields, as \"0 3 * * *\"");
            } else {
                said.schedule.add(new Said.Timed(at, line));
            }
        }
    }

    private static void health(JsonNode checks, Said said) {
        for (var check : checks) {
            if (said.health.isEmpty() && check.path("path").asString("").startsWith("/")) {
                said.health = text(check.path("path"));
            }
        }
    }

    private static void remarks(JsonNode json, Said said) {
        if (json.at("/scripts/postdeploy").isString()) {
            said.remarks.add("scripts.postdeploy is not run; `release:` in johwa.yaml runs at each release");
        }
        if (!json.path("addons").isEmpty()) {
            said.remarks.add("addons are not brought; `johwa secrets set` gives the application their addresses");
        }
        int quantity = json.at("/formation/web/quantity").asInt(1);
        if (quantity > 1) {
            said.remarks.add("formation wants " + quantity + " instances of web: `instances: " + quantity
                    + "` in johwa.yaml starts them");
        }
    }
}
