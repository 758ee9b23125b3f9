package dev.johwa.source.migrate;

import dev.johwa.lib.yaml.Node;
import java.util.List;

/// Kamal's roles: where there are several each is an app here, built of the same Dockerfile. The first has the
/// project's name, so that it keeps the address of the project.
final class KamalRoles {
    private static final String OPTIONS = "options of `docker run` are not passed on";
    private static final String ONE = "there is one server; `instances: 2` runs two beside each other";

    private KamalRoles() {}

    static void tell(Entry entry, Sheet sheet) {
        if (!(entry.node() instanceof Node.Mapping)) {
            sheet.noNeed(entry, ONE);
            return;
        }
        for (var role : entry.inner()) {
            var own = of(role, sheet);
            if (Kamal.roles(entry).size() > 1 && !sheet.isOfEnvironment()) {
                own.key(role, "folder", ".");
                if (!isFirst(role) && !isVisited(role)) {
                    own.key(role, "service", "worker");
                }
            }
            if (role.node() instanceof Node.Mapping) {
                rules().tell(role, own);
            } else {
                own.noNeed(role, ONE);
            }
        }
    }

    private static Rules rules() {
        var rules = new Rules()
                .noNeed(ONE, "*.*.hosts", "*.*.host", "*.*.tags")
                .on("*.*.cmd", (entry, sheet) -> entry.text().ifPresent(text -> sheet.key(entry, "start", text)))
                .on(
                        "*.*.options.memory",
                        (entry, sheet) -> entry.text().ifPresent(text -> Containers.memory(entry, sheet, text)))
                .on("*.*.options.cpus", Containers::processors)
                .on("*.*.proxy", KamalProxy::tell)
                .on("*.*.healthcheck", KamalProxy::health)
                .noNeed("the edge takes its place", "*.*.traefik")
                .noNeed("logs are kept, within a budget of the server", "*.*.logging")
                .noNeed("instances end their requests first", "*.*.stop_wait_time")
                .notYet("files of the release before are not served on", "*.*.asset_path")
                .on(
                        "*.*.labels",
                        (entry, sheet) -> sheet.noNeedUnseen(entry, "containers have the platform's own labels"))
                .notYet(OPTIONS, "*.*.options.*");
        values(rules, "*.*.");
        return rules;
    }

    /// @param prefix of the paths below which `env` stands
    static void values(Rules rules, String prefix) {
        rules.on(prefix + "env.clear.*", KamalRoles::value)
                .on(prefix + "env.secret.#", KamalRoles::secret)
                .notYet("all instances have the same values", prefix + "env.tags.*")
                .on(prefix + "env.*", KamalRoles::value);
    }

    private static void value(Entry entry, Sheet sheet) {
        var text = entry.text().orElse("");
        if (entry.node() instanceof Node.Mapping || entry.node() instanceof Node.Sequence) {
            sheet.notYet(entry, "a value is a text");
        } else if (Sheet.isSecret(entry.name(), text)) {
            each(entry, sheet).forEach(own -> own.keep(entry, entry.name(), ""));
        } else if (Ruby.isIn(text)) {
            each(entry, sheet).forEach(own -> own.ask(entry, entry.name(), "VALUE"));
        } else {
            sheet.value(entry, entry.name(), text);
        }
    }

    /// `NAME:OTHER` gives it under another name.
    private static void secret(Entry entry, Sheet sheet) {
        var name = entry.text().orElse("").replaceFirst(":.*", "");
        each(entry, sheet).forEach(own -> own.keep(entry, name, ""));
    }

    /// The sheets of all apps that are given a value; commands are about one of them.
    private static List<Sheet> each(Entry entry, Sheet sheet) {
        var roles = Kamal.roles(entry);
        boolean isOfAll = entry.path().getFirst().equals("env") && roles.size() > 1;
        return isOfAll ? roles.stream().map(role -> of(role, sheet)).toList() : List.of(sheet);
    }

    /// Where what is said of the one that people visit belongs.
    static Sheet first(Entry entry, Sheet sheet) {
        return Kamal.roles(entry).size() > 1 ? sheet.ofMain() : sheet;
    }

    private static Sheet of(Entry role, Sheet sheet) {
        if (Kamal.roles(role).size() < 2) {
            return sheet;
        }
        return isFirst(role) ? sheet.ofMain() : sheet.of(role.name());
    }

    private static boolean isFirst(Entry role) {
        var roles = Kamal.roles(role).stream().map(Entry::name).toList();
        var named = role.top().text("primary_role").orElse("web");
        return role.name().equals(roles.contains(named) ? named : roles.getFirst());
    }

    private static boolean isVisited(Entry role) {
        return role.get("proxy").filter(proxy -> !proxy.is("false")).isPresent();
    }
}
