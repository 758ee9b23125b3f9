package dev.johwa.source.migrate;

import dev.johwa.lib.cron.Cron;
import dev.johwa.lib.cron.JobName;
import java.util.List;
import java.util.Optional;

/// Heroku's app.json with what Dokku adds to it, and heroku.yml. Both are read here by every push too: what that takes
/// from them stays as it is.
final class Heroku {
    private static final String REVIEW = "previews get their data from fixtures/, not from a script";

    private Heroku() {}

    static Format appJson() {
        var rules = new Rules();
        about(rules);
        runs(rules);
        return new Format("Heroku, Dokku", List.of("app.json"), Format.Syntax.JSON, rules);
    }

    /// What it is and is made of.
    private static void about(Rules rules) {
        rules.noNeed(
                        "it is for Heroku's button and pages",
                        "$schema",
                        "description",
                        "keywords",
                        "website",
                        "repository",
                        "logo",
                        "success_url",
                        "generator")
                .on(
                        "name",
                        (entry, sheet) ->
                                sheet.noNeed(entry, "the project is called as its folder, or as it is pushed"))
                .noNeed("the stack is found by what lies there", "stack", "image", "buildpacks")
                .on("env.*", Heroku::value)
                .on(
                        "scripts.test",
                        (entry, sheet) -> sheet.asItIs(entry, "runs where the stack has no tests of its own"))
                .notYet("write it into `test:`", "scripts.test-setup")
                .on("scripts.postdeploy", (entry, sheet) -> sheet.notYet(entry, REVIEW + "; at each release: release:"))
                .on(
                        "scripts.pr-predestroy",
                        (entry, sheet) -> sheet.noNeed(entry, "a preview goes with all that it has"))
                .on(
                        "scripts.dokku.predeploy",
                        (entry, sheet) ->
                                sheet.byHand(entry, "what changes files belongs to build:, what migrates to release:"))
                .on("scripts.dokku.prebuild", (entry, sheet) -> key(entry, sheet, "build"))
                .on(
                        "scripts.dokku.postdeploy",
                        (entry, sheet) -> sheet.notYet(entry, "nothing runs after a release; before: release:"));
    }

    /// What runs, when, and how many.
    private static void runs(Rules rules) {
        rules.on("formation.*.quantity", Heroku::quantity)
                .noNeed("an instance takes what it needs: `limits:` bounds it", "formation.*.size")
                .notYet("instances do not come and go by load", "formation.*.autoscaling", "formation.*.max_parallel")
                .on("addons.#", (entry, sheet) -> addon(entry, sheet))
                .on("healthchecks.web.#", Heroku::check)
                .on(
                        "healthchecks.*.#",
                        (entry, sheet) -> sheet.notYet(entry, "only the web process is asked for its health"))
                .on("cron.#", Heroku::cron)
                .on(
                        "environments.test",
                        (entry, sheet) -> sheet.asItIs(entry, "its test runs where the stack has none"))
                .on(
                        "environments.review",
                        (entry, sheet) ->
                                sheet.byHand(entry, "every branch has a preview: environments.preview in johwa.yaml"));
    }

    private static void key(Entry entry, Sheet sheet, String path) {
        entry.text().ifPresent(text -> sheet.key(entry, path, text));
    }

    private static void value(Entry entry, Sheet sheet) {
        var name = entry.name();
        if (name.equals("DATABASE_URL") || name.equals("REDIS_URL")) {
            sheet.secret(entry, name);
        } else if (entry.text().or(() -> entry.text("value")).isPresent()) {
            sheet.asItIs(entry, "each release has it from this file");
        } else if (entry.text("generator").filter("secret"::equals).isPresent()) {
            sheet.asItIs(entry, "the platform makes it, once");
        } else if (entry.text("required").filter("false"::equals).isPresent()) {
            sheet.noNeed(entry, "it may be absent");
        } else {
            sheet.secret(entry, name);
        }
    }

    private static void quantity(Entry entry, Sheet sheet) {
        if (entry.path().get(1).equals("web")) {
            Processes.instances(entry, sheet);
        } else {
            Processes.others(entry, sheet);
        }
    }

    /// `heroku-postgresql:mini`, or a map with a plan.
    static void addon(Entry entry, Sheet sheet) {
        var plan = entry.text().or(() -> entry.text("plan")).orElse("");
        sheet.database(entry, plan.replaceFirst(":.*", ""));
    }

    private static void check(Entry entry, Sheet sheet) {
        if (entry.text("path").isPresent()) {
            sheet.asItIs(entry, "its path is asked before and after the switch");
        } else {
            sheet.notYet(entry, "health is asked by a path: health: {path: /healthz}; a command: verify:");
        }
    }

    private static void cron(Entry entry, Sheet sheet) {
        var command = entry.text("command").orElse("");
        if (command.isEmpty()) {
            sheet.notYet(entry, "it says no command");
            return;
        }
        var at = entry.text("schedule");
        if (at.filter(Cron::isOne).isEmpty()) {
            sheet.notYet(entry, "it does not say when: five fields are wanted");
        } else if (entry.text("maintenance").filter("true"::equals).isPresent()) {
            sheet.noNeed(entry, "it is held back");
        } else {
            sheet.asItIs(entry, "the job " + JobName.of(command) + " has it from this file");
        }
    }

    static Format herokuYml() {
        var rules = new Rules()
                .on("setup.addons.#", Heroku::addon)
                .on("setup.config.*", (entry, sheet) -> sheet.asItIs(entry, "each release has it from this file"))
                .on("build.config.*", (entry, sheet) -> sheet.asItIs(entry, "each release has it from this file"))
                .on(
                        "build.docker.*",
                        (entry, sheet) -> sheet.dockerfile(entry, entry.text().orElse("Dockerfile")))
                .noNeed("every process runs in the one image that is built", "release.image", "run.*.image")
                .noNeed("the stack is found by what lies there", "build.languages", "build.packages")
                .on(
                        "release.command",
                        (entry, sheet) ->
                                sheet.asItIs(entry, "runs once before each release, where no Procfile says it"))
                .on(
                        "run.*.command",
                        (entry, sheet) -> sheet.asItIs(entry, "starts as it is, where there is no Procfile"))
                .on("run.*", Heroku::run)
                .noNeed("the stack is found by what lies there", "stack");
        return new Format("Heroku", List.of("heroku.yml"), Format.Syntax.YAML, rules);
    }

    private static void run(Entry entry, Sheet sheet) {
        Optional<String> image = entry.text("image");
        if (image.isPresent() && entry.get("command").isEmpty()) {
            sheet.asItIs(entry, "what the image starts");
        } else {
            sheet.asItIs(entry, "starts as it is, where there is no Procfile");
        }
    }
}
