package dev.johwa.source.migrate;

import java.util.List;

/// fly.toml.
final class Fly {
    private Fly() {}

    static Format file() {
        var rules = new Rules();
        machine(rules);
        service(rules);
        parts(rules);
        return new Format("Fly.io", List.of("fly.toml"), Format.Syntax.TOML, rules);
    }

    /// The machine and the build.
    private static void machine(Rules rules) {
        rules.on(
                        "app",
                        (entry, sheet) ->
                                sheet.noNeed(entry, "the project is called as its folder, or as it is pushed"))
                .noNeed("there is one server", "primary_region", "host_dedication_id", "swap_size_mb", "vm.#", "vm.*")
                .on("kill_signal", (entry, sheet) -> end(entry, sheet))
                .noNeed("instances end their requests first", "kill_timeout")
                .on(
                        "console_command",
                        (entry, sheet) -> entry.text()
                                .ifPresent(text -> sheet.byHand(entry, "johwa once " + sheet.app() + " -- " + text)))
                .noNeed(
                        "the stack is found by what lies there",
                        "build.builder",
                        "build.buildpacks",
                        "build.builtin",
                        "build.settings",
                        "build.ignorefile")
                .on("build.image", (entry, sheet) -> sheet.image(entry))
                .on(
                        "build.dockerfile",
                        (entry, sheet) -> sheet.dockerfile(entry, entry.text().orElse("Dockerfile")))
                .on(
                        "build.build-target",
                        (entry, sheet) -> entry.text().ifPresent(text -> sheet.key(entry, "docker.stage", text)))
                .on(
                        "build.args.*",
                        (entry, sheet) -> sheet.key(
                                entry,
                                "docker.args." + entry.name(),
                                entry.text().orElse("")))
                .on(
                        "deploy.release_command",
                        (entry, sheet) -> entry.text().ifPresent(text -> sheet.key(entry, "release", text)));
    }

    /// What serves, and how.
    private static void service(Rules rules) {
        rules.noNeed(
                        "a new release takes over when it is well, all at once",
                        "deploy.strategy",
                        "deploy.max_unavailable",
                        "deploy.wait_timeout",
                        "deploy.release_command_timeout",
                        "deploy.release_command_vm")
                .on(
                        "env.*",
                        (entry, sheet) ->
                                sheet.value(entry, entry.name(), entry.text().orElse("")))
                .on("http_service.internal_port", Fly::port)
                .on(
                        "http_service.force_https",
                        (entry, sheet) -> sheet.asItIs(entry, "plain requests are led to https"))
                .on("http_service.auto_stop_machines", Fly::sleep)
                .noNeed("what sleeps wakes by the next request", "http_service.auto_start_machines")
                .on(
                        "http_service.min_machines_running",
                        (entry, sheet) -> sheet.noNeed(entry, "as many run as `instances` says"))
                .noNeed("the web process serves", "http_service.processes")
                .notYet("requests are not limited by instance", "http_service.concurrency")
                .on("http_service.checks.#", Fly::check)
                .notYet("write it as a command of `verify:`", "http_service.machine_checks")
                .noNeed(
                        "the edge speaks HTTP/2 and TLS as browsers want it",
                        "http_service.http_options",
                        "http_service.tls_options")
                .on("services.#.internal_port", Fly::port)
                .on("services.#.http_checks.#", Fly::check)
                .noNeed("that it listens is asked by itself", "services.#.tcp_checks", "services.#.script_checks")
                .noNeed("the edge has ports 80 and 443", "services.#.ports", "services.#.protocol");
    }

    /// Checks, processes, folders.
    private static void parts(Rules rules) {
        rules.noNeed("the web process serves", "services.#.processes", "processes.#")
                .on("services.#.auto_stop_machines", Fly::sleep)
                .noNeed(
                        "what sleeps wakes by the next request",
                        "services.#.auto_start_machines",
                        "services.#.min_machines_running")
                .notYet("requests are not limited by instance", "services.#.concurrency")
                .on("checks.*", Fly::check)
                .on("processes.*", Fly::process)
                .on("mounts.destination", Fly::mount)
                .on("mounts.#.destination", Fly::mount)
                .noNeed("folders are as large as the server's disk", "mounts.*", "mounts.#.*")
                .notYet("the application serves its files itself", "statics.#")
                .notYet("write them into the repository, or as secrets", "files.#")
                .noNeed("what ends is started again, ever more slowly", "restart.#")
                .on(
                        "metrics",
                        (entry, sheet) -> sheet.asItIs(entry, "requests, errors and times are counted at the edge"))
                .notYet("nobody knows here what it does", "experimental");
    }

    private static void end(Entry entry, Sheet sheet) {
        if (entry.is("SIGTERM") || entry.is("SIGINT")) {
            sheet.noNeed(entry, "instances are ended by SIGTERM");
        } else {
            sheet.notYet(entry, "instances are ended by SIGTERM");
        }
    }

    /// Where it is told its port, it reads PORT.
    private static void port(Entry entry, Sheet sheet) {
        var top = entry.above()
                .flatMap(each ->
                        each.path().size() == 1 ? each.above() : each.above().flatMap(Entry::above));
        var told = top.flatMap(each -> each.get("env"))
                .flatMap(each -> each.text("PORT"))
                .equals(entry.text());
        if (told) {
            sheet.noNeed(entry, "it reads PORT, which the platform gives");
        } else {
            entry.text()
                    .filter(text -> text.matches("\\d{1,5}"))
                    .ifPresent(text -> sheet.key(entry, "port", Integer.parseInt(text)));
        }
    }

    private static void sleep(Entry entry, Sheet sheet) {
        if (entry.is("false") || entry.is("off")) {
            sheet.asItIs(entry, "production does not sleep");
        } else {
            sheet.key(entry, "sleep", "30m");
        }
    }

    private static void check(Entry entry, Sheet sheet) {
        entry.text("path")
                .ifPresentOrElse(
                        path -> sheet.key(entry, "health.path", path),
                        () -> sheet.asItIs(entry, "that it listens is asked by itself"));
    }

    private static void process(Entry entry, Sheet sheet) {
        var name = entry.name();
        if (name.equals("app") || name.equals("web")) {
            entry.text().ifPresent(text -> sheet.key(entry, "start", text));
        } else {
            sheet.byHand(
                    entry,
                    "a line of Procfile, beside `web: …`: " + name + ": "
                            + entry.text().orElse(""));
        }
    }

    private static void mount(Entry entry, Sheet sheet) {
        sheet.byHand(entry, "name the folder in the repository: data: [uploads/]");
    }
}
