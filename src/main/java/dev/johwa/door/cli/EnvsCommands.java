package dev.johwa.door.cli;

import dev.johwa.door.api.EnvList;
import dev.johwa.lib.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Environment values that people set on the server.
final class EnvsCommands {
    private EnvsCommands() {}

    static List<Verb> inner() {
        return List.of(
                new Verb(Group.SHIP, "list", "list", Envs::new),
                new Verb(Group.SHIP, "set", "set", Set::new),
                new Verb(Group.SHIP, "unset", "unset", Unset::new));
    }

    @Command(
            description = "Lists the environment values that were set for an app; a change makes a new release.",
            footer = {"%nExample:", "  johwa envs shop", "  johwa envs set shop GREETING=hello -e staging"})
    static final class Envs extends AppVerb {
        Envs(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var list = client().envs(app(), environment);
            if (!toldAsJson(list)) {
                list.values().forEach((name, value) -> screen().line(name + "=" + value));
                if (list.values().isEmpty()) {
                    tellNone("environment value was set");
                }
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            description = "Sets environment values and makes a release with them.",
            footer = {"%nExample:", "  johwa envs set shop GREETING=hello MODE=fast"})
    static final class Set extends AppVerb {
        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "NAME=VALUE",
                description = "Values, exactly as written.")
        List<String> pairs = List.of();

        Set(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            return changed(this, new EnvList.Change(pairs(pairs), List.of()));
        }
    }

    @Command(
            description = "Removes environment values and makes a release without them.",
            footer = {"%nExample:", "  johwa envs unset shop GREETING"})
    static final class Unset extends AppVerb {
        @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME", description = "Names of values.")
        List<String> names = List.of();

        Unset(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            return changed(this, new EnvList.Change(Map.of(), names));
        }
    }

    private static int changed(AppVerb verb, EnvList.Change change) {
        return verb.changing(told -> verb.client().changeEnvs(verb.app(), verb.environment, change, told));
    }

    static Map<String, String> pairs(List<String> words) {
        var pairs = new LinkedHashMap<String, String>();
        for (var word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw Problem.user("usage.pair", "'" + word + "' is no NAME=VALUE")
                        .hint("write it as GREETING=hello; `johwa envs unset` takes a value away")
                        .exception();
            }
            pairs.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return pairs;
    }
}
