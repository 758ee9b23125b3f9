package dev.johwa.source.migrate;

import java.util.List;

/// Railway's settings of a service, which it takes as TOML or JSON.
final class Railway {
    private Railway() {}

    static Format toml() {
        return new Format("Railway", List.of("railway.toml"), Format.Syntax.TOML, rules());
    }

    static Format json() {
        return new Format("Railway", List.of("railway.json"), Format.Syntax.JSON, rules());
    }

    private static Rules rules() {
        var rules = new Rules();
        build(rules);
        deploy(rules);
        return rules;
    }

    /// How it is built.
    private static void build(Rules rules) {
        rules.noNeed("it is for editors", "$schema")
                .noNeed(
                        "the stack is found by what lies there",
                        "build.builder",
                        "build.nixpacksConfigPath",
                        "build.nixpacksPlan",
                        "build.nixpacksVersion",
                        "build.railpackVersion",
                        "build.railpackConfigPath",
                        "build.buildEnvironment",
                        "deploy.runtime",
                        "deploy.useLegacyStacker")
                .noNeed("files that did not change are not built again", "build.watchPatterns")
                .on(
                        "build.dockerfilePath",
                        (entry, sheet) -> sheet.dockerfile(entry, entry.text().orElse("Dockerfile")))
                .on("build.buildCommand", (entry, sheet) -> entry.text().ifPresent(text -> sheet.build(entry, text)))
                .on(
                        "deploy.startCommand",
                        (entry, sheet) -> entry.text().ifPresent(text -> sheet.key(entry, "start", text)))
                .on("deploy.preDeployCommand", (entry, sheet) -> sheet.key(entry, "release", one(entry.texts())))
                .on(
                        "deploy.healthcheckPath",
                        (entry, sheet) -> entry.text().ifPresent(text -> sheet.key(entry, "health.path", text)))
                .on(
                        "deploy.healthcheckTimeout",
                        (entry, sheet) -> entry.text().ifPresent(text -> sheet.key(entry, "health.within", text + "s")))
                .on("deploy.numReplicas", Processes::instances)
                .on("deploy.cronSchedule", Railway::cron)
                .on("deploy.sleepApplication", Railway::sleep);
    }

    /// How it runs.
    private static void deploy(Rules rules) {
        rules.noNeed(
                        "what ends is started again, ever more slowly",
                        "deploy.restartPolicyType",
                        "deploy.restartPolicyMaxRetries")
                .noNeed(
                        "the old release serves until the new one does, then ends its requests",
                        "deploy.overlapSeconds",
                        "deploy.drainingSeconds")
                .noNeed("there is one server", "deploy.region", "deploy.multiRegionConfig", "deploy.ipv6EgressEnabled")
                .notYet("write it by hand as `limits: {memory: 512Mi, cpu: 1}`", "deploy.limitOverride")
                .on(
                        "deploy.requiredMountPath",
                        (entry, sheet) -> sheet.byHand(entry, "name the folder in the repository: data: [uploads/]"))
                .notYet("images are not run yet", "deploy.registryCredentials")
                .notYet("write what differs below `environments:` in johwa.yaml", "environments.*");
    }

    /// One command, or a list of them.
    static Object one(List<String> commands) {
        return commands.size() == 1 ? commands.getFirst() : commands;
    }

    private static void cron(Entry entry, Sheet sheet) {
        var start = entry.above().flatMap(deploy -> deploy.text("startCommand"));
        if (start.isPresent()) {
            sheet.schedule(entry, "job", entry.text(), start.get());
        } else {
            sheet.notYet(entry, "it does not say what runs: schedule: {NAME: {cron: …, run: …}}");
        }
    }

    private static void sleep(Entry entry, Sheet sheet) {
        if (entry.is("true")) {
            sheet.key(entry, "sleep", "30m");
        } else {
            sheet.asItIs(entry, "production does not sleep");
        }
    }
}
