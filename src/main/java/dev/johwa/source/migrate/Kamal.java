package dev.johwa.source.migrate;

import dev.johwa.lib.yaml.Node;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Kamal's config/deploy.yml, of its versions 1 and 2, and those of its destinations, which are environments here.
///
/// The files and keys are those of Kamal's own `lib/kamal/configuration/docs`.
final class Kamal {
    private static final Pattern DESTINATION = Pattern.compile("config/deploy\\.(.+)\\.yml|\\.kamal/secrets\\.(.+)");
    private static final Pattern VOLUME = Pattern.compile("([^:]+):(/[^:]*)(?::(.*))?");
    private static final Pattern RUN = Pattern.compile("app exec((?: -{1,2}[\\w-]+)*) +[\"']?(.+?)[\"']?");
    private static final String ONE = "there is one server";
    private static final String SWITCH = "a new release takes over when it is well, all at once";

    private Kamal() {}

    static Format file() {
        var rules = new Rules().under(Kamal::place);
        project(rules);
        image(rules);
        deployment(rules);
        KamalRoles.values(rules, "");
        rules.on("servers", KamalRoles::tell)
                .on("proxy", (entry, sheet) -> KamalProxy.tell(entry, KamalRoles.first(entry, sheet)))
                .on("healthcheck", (entry, sheet) -> KamalProxy.health(entry, KamalRoles.first(entry, sheet)))
                .on("accessories.*", KamalAccessories::tell);
        return new Format("Kamal", List.of("config/deploy.yml", "config/deploy.*.yml"), Format.Syntax.RUBY, rules);
    }

    /// Files of a destination speak of one environment.
    static Sheet place(Entry entry, Sheet sheet) {
        var destination = DESTINATION.matcher(entry.place().file());
        if (!destination.matches()) {
            return sheet;
        }
        return sheet.in(Optional.ofNullable(destination.group(1)).orElse(destination.group(2)));
    }

    private static void project(Rules rules) {
        rules.noNeed("the project is called as its folder, or as it is pushed", "service")
                .noNeed("it is built here, and stays in the server's own registry", "image")
                .noNeed(ONE, "run_directory")
                .noNeed("each role is an app", "allow_empty_roles", "primary_role")
                .noNeed("a destination is an environment", "require_destination")
                .noNeed("there is no Kamal here", "minimum_version")
                .on("registry", (entry, sheet) -> sheet.noNeedUnseen(entry, "images stay in the server's own registry"))
                .on("ssh", (entry, sheet) -> sheet.noNeedUnseen(entry, "a push is how it gets there"))
                .on("sshkit", (entry, sheet) -> sheet.noNeedUnseen(entry, "a push is how it gets there"))
                .on("x-*", (entry, sheet) -> sheet.noNeedUnseen(entry, "told where it is used"))
                .notYet("Ruby is not run: what it sets or leaves out is written by hand", Ruby.BLOCK);
    }

    private static void image(Rules rules) {
        rules.on(
                        "builder.dockerfile",
                        (entry, sheet) -> sheet.dockerfile(entry, entry.text().orElse("Dockerfile")))
                .on(
                        "builder.target",
                        (entry, sheet) -> entry.text().ifPresent(text -> sheet.key(entry, "docker.stage", text)))
                .on("builder.args.*", Containers::argument)
                .on("builder.context", Containers::context)
                .on(
                        "builder.secrets.#",
                        (entry, sheet) -> sheet.keep(entry, entry.text().orElse("NAME"), ""))
                .notYet("a build here sees no keys of ssh", "builder.ssh")
                .noNeed(
                        "the image is built on the server, for it",
                        "builder.arch",
                        "builder.driver",
                        "builder.remote",
                        "builder.local",
                        "builder.multiarch",
                        "builder.platforms",
                        "builder.cloud",
                        "builder.provenance",
                        "builder.sbom",
                        "builder.build_arguments")
                .noNeed("layers of earlier builds are used again", "builder.cache")
                .noNeed("the stack is found by what lies there", "builder.pack");
    }

    private static void deployment(Rules rules) {
        rules.on("volumes.#", Kamal::volume)
                .on("labels", (entry, sheet) -> sheet.noNeedUnseen(entry, "containers have the platform's own labels"))
                .on("traefik", (entry, sheet) -> sheet.noNeedUnseen(entry, "the edge takes its place"))
                .notYet("files of the release before are not served on", "asset_path")
                .notYet("the edge has pages of its own for errors", "error_pages_path")
                .on(
                        "hooks_path",
                        (entry, sheet) -> sheet.byHand(entry, "what each does belongs to build:, release: or verify:"))
                .noNeed("hooks have their place in johwa.yaml", "hooks_output")
                .noNeed("the server keeps secrets", "secrets_path")
                .noNeed("releases stay, within a budget of the server", "retain_containers")
                .noNeed(SWITCH, "boot", "readiness_delay", "drain_timeout", "stop_wait_time")
                .on(
                        "deploy_timeout",
                        (entry, sheet) -> entry.text()
                                .ifPresent(
                                        text -> KamalRoles.first(entry, sheet).key(entry, "health.within", text + "s")))
                .noNeed(
                        "logs are kept, within a budget of the server",
                        "logging",
                        "output",
                        "log_max_size",
                        "audit_broadcast_cmd")
                .on("aliases.*", Kamal::alias);
    }

    private static void volume(Entry entry, Sheet sheet) {
        var text = entry.text().orElse("");
        var volume = VOLUME.matcher(text);
        if (!volume.matches()) {
            sheet.notYet(entry, "'" + text + "' is no SOURCE:TARGET");
        } else if (volume.group(1).endsWith(".sock")) {
            sheet.notYet(entry, "sockets of the server are not given to applications");
        } else {
            Containers.folder(entry, KamalRoles.first(entry, sheet), volume.group(2));
        }
    }

    private static void alias(Entry entry, Sheet sheet) {
        var text = entry.text().or(() -> entry.text("command")).orElse("");
        var run = RUN.matcher(text);
        if (text.startsWith("app logs")) {
            sheet.byHand(entry, "johwa logs " + sheet.app() + " -f");
        } else if (run.matches()) {
            var verb = run.group(1).contains("--reuse") ? "exec " : "once ";
            sheet.byHand(entry, "johwa " + verb + sheet.app() + " -- " + run.group(2));
        } else {
            sheet.noNeed(entry, "`johwa --help` has its own words");
        }
    }

    /// The roles that a file names, when it tells them apart.
    static List<Entry> roles(Entry entry) {
        return entry.top().get("servers").filter(each -> each.node() instanceof Node.Mapping).stream()
                .flatMap(servers -> servers.inner().stream())
                .toList();
    }
}
