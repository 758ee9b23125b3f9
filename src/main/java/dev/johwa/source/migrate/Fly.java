package dev.johwa.source.migrate;

import java.util.List;

/// fly.toml.
final class Fly {
    private Fly() {}

    static Format file() {
        var rules = new Rules().under(Fly::place);
        machine(rules);
        service(rules);
        parts(rules);
        return new Format("Fly.io", List.of("fly.toml"), Format.Syntax.TOML, rules);
    }

    /// The machine and the build.
    private static void machine(Rules rules) {
        rules.on("app", Fly::app)
                .noNeed("there is one server", "primary_region", "host_dedication_id", "swap_size_mb")
                .on("vm.#", Fly::size)
                .on("vm", Fly::size)
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
                .noNeed("images stay on the server", "build.compression", "build.compression_level")
                .on("build.image", (entry, sheet) -> sheet.image(entry))
                .on("build.dockerfile", Containers::path)
                .on(
                        "build.build-target",
                        (entry, sheet) -> entry.text().ifPresent(text -> sheet.key(entry, "docker.stage", text)))
                .on("build.args.*", Containers::argument)
                .on("build.secrets.*", (entry, sheet) -> sheet.keep(entry, entry.name(), ""))
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
                .notYet(
                        "nothing runs at the first release alone; `johwa once` runs a command by hand",
                        "deploy.seed_command")
                .on("env.*", Fly::value)
                .on("http_service.internal_port", Fly::port)
                .on(
                        "http_service.force_https",
                        (entry, sheet) -> sheet.asItIs(entry, "plain requests are led to https"))
                .on("http_service.auto_stop_machines", Fly::sleep)
                .noNeed("what sleeps wakes by the next request", "http_service.auto_start_machines")
                .on(
                        "http_service.min_machines_running",
                        (entry, sheet) -> sheet.noNeed(entry, "as many run as `instances` says"))
                .notYet("instances are spoken to by HTTP/1.1", "http_service.h2_backend")
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
                .on("services.#.protocol", Fly::protocol)
                .on("services.#.ports.#", Fly::outside);
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
                .on("mount.destination", Fly::mount)
                .noNeed("folders are as large as the server's disk", "mount.*")
                .noNeed("folders are as large as the server's disk", "mounts.*", "mounts.#.*")
                .notYet("the application serves its files itself", "statics.#")
                .notYet("write them into the repository, or as secrets", "files.#")
                .noNeed("what ends is started again, ever more slowly", "restart.#")
                .on(
                        "metrics",
                        (entry, sheet) -> sheet.asItIs(entry, "requests, errors and times are counted at the edge"))
                .noNeed("a release that is not well is not switched to", "experimental.auto_rollback")
                .on("experimental.cmd", Fly::command)
                .notYet("nobody knows here what it does", "experimental.*");
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
        if (entry.above()
                .flatMap(each -> each.text("protocol"))
                .filter("udp"::equals)
                .isPresent()) {
            sheet.notYet(entry, "the edge serves HTTP, not UDP");
        } else if (told) {
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

    /// Of an image each is an app, of a stack a line of its Procfile.
    private static void process(Entry entry, Sheet sheet) {
        var text = entry.text().orElse("");
        if (text.isBlank()) {
            sheet.asItIs(entry, "starts as the image or the stack says");
        } else if (isWeb(entry.name()) || !isSeveral(entry) && isBuilt(entry)) {
            sheet.key(entry, "start", text);
        } else if (!isBuilt(entry)) {
            sheet.byHand(entry, "a line of Procfile, beside `web: …`: " + entry.name() + ": " + text);
        } else {
            sheet.key(entry, "folder", ".");
            sheet.key(entry, "service", "worker");
            sheet.key(entry, "start", text);
        }
    }

    /// Where several processes are apps, what is said of none of them is said of the web process; values, and how the
    /// image is built, hold for all.
    private static Sheet place(Entry entry, Sheet sheet) {
        if (!isSeveral(entry) || entry.path().getFirst().matches("app|env|build")) {
            return sheet;
        }
        boolean isOther = entry.path().getFirst().equals("processes") && !isWeb(entry.name());
        return isOther ? sheet.of(entry.name()) : sheet.ofMain();
    }

    private static boolean isSeveral(Entry entry) {
        return isBuilt(entry) && processes(entry).size() > 1;
    }

    private static List<Entry> processes(Entry entry) {
        return entry.top().get("processes").map(Entry::inner).orElse(List.of());
    }

    private static void value(Entry entry, Sheet sheet) {
        var text = entry.text().orElse("");
        if (isSeveral(entry) && Sheet.isSecret(entry.name(), text)) {
            sheet.ofMain().secret(entry, entry.name());
            processes(entry).stream()
                    .filter(process -> !isWeb(process.name()))
                    .forEach(process -> sheet.of(process.name()).secret(entry, entry.name()));
        } else {
            sheet.value(entry, entry.name(), text);
        }
    }

    private static void app(Entry entry, Sheet sheet) {
        if (isSeveral(entry)) {
            sheet.ofMain().key(entry, "folder", ".");
        } else {
            sheet.noNeed(entry, "the project is called as its folder, or as it is pushed");
        }
    }

    private static boolean isWeb(String process) {
        return process.equals("app") || process.equals("web");
    }

    /// Whether it names a Dockerfile: then there is an image, and a Procfile is not used.
    private static boolean isBuilt(Entry entry) {
        return entry.top()
                .get("build")
                .flatMap(build -> build.get("dockerfile"))
                .isPresent();
    }

    private static void command(Entry entry, Sheet sheet) {
        var words = entry.texts();
        sheet.key(entry, "start", words.size() == 1 ? words.getFirst() : words);
    }

    private static void mount(Entry entry, Sheet sheet) {
        entry.text().ifPresent(path -> Containers.folder(entry, sheet, path));
    }

    /// A machine's memory and processors bound an instance.
    private static void size(Entry entry, Sheet sheet) {
        if (!entry.inner().isEmpty() && entry.inner().getFirst().name().equals("#")) {
            entry.inner().forEach(each -> size(each, sheet));
            return;
        }
        var processes = entry.get("processes").map(Entry::texts).orElse(List.of("app"));
        var web = processes.stream().filter(Fly::isWeb).findFirst();
        if (web.isEmpty() && isSeveral(entry)) {
            processes.forEach(process -> entry.inner().forEach(key -> limit(key, true, sheet.of(process))));
        } else {
            entry.inner().forEach(key -> limit(key, web.isPresent(), sheet));
        }
    }

    /// @param isOfApp whether it bounds an app, not one of its processes
    private static void limit(Entry key, boolean isOfApp, Sheet sheet) {
        var text = key.text().orElse("");
        switch (key.name()) {
            case "memory", "memory_mb", "cpus" -> {
                if (!isOfApp) {
                    sheet.notYet(key, "the processes of an app have the same limits");
                } else if (key.name().equals("cpus")) {
                    Containers.processors(key, sheet);
                } else {
                    Containers.memory(key, sheet, megabytes(text));
                }
            }
            case "gpu_kind", "gpus" -> sheet.notYet(key, "an instance gets no graphics processor");
            case String _ -> sheet.noNeed(key, "there is one server");
        }
    }

    private static String megabytes(String text) {
        return text.matches("\\d+") ? text + "m" : text;
    }

    private static void protocol(Entry entry, Sheet sheet) {
        if (entry.is("udp")) {
            sheet.notYet(entry, "the edge serves HTTP, not UDP");
        } else {
            sheet.noNeed(entry, "the edge has ports 80 and 443");
        }
    }

    private static void outside(Entry entry, Sheet sheet) {
        var handlers = entry.get("handlers").map(Entry::texts).orElse(List.of());
        if (handlers.contains("http")) {
            sheet.noNeed(entry, "the edge has ports 80 and 443");
        } else {
            sheet.notYet(entry, "the edge serves HTTP; other protocols have no port there");
        }
    }
}
