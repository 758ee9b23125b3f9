package dev.johwa.door.cli.local;

import dev.johwa.door.cli.ExitCode;
import dev.johwa.door.cli.Screen.Style;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.json.Json;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.Origin;
import dev.johwa.source.config.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "Shows every effective setting of a folder, and with --origin where it came from.",
            "Values that were set on a server are not known here."
        },
        footer = {"%nExample:", "  johwa config . --origin", "  johwa config . --environment staging --json --origin"})
final class ConfigCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "DIR", arity = "0..1", defaultValue = ".", description = "The folder; default: this one.")
    String folder = ".";

    @Option(names = "--environment", paramLabel = "E", description = "Of this environment; default: production.")
    String environment = "production";

    @Option(names = "--origin", description = "Tell where each value came from.")
    boolean origin;

    @Option(names = "--spec", paramLabel = "FILE", description = "Under this server spec: its defaults and rules.")
    @Nullable
    String spec;

    @Option(names = "--json", description = "One JSON document on standard output.")
    boolean json;

    ConfigCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var project = new Project(session, folder, spec);
        var all = new ArrayList<Map<String, Object>>();
        var apps = project.apps();
        apps.forEach((app, place) -> {
            var prefix = apps.size() == 1 ? "" : "apps." + app + ".";
            var resolved = project.resolve(app, place, environment);
            all.addAll(entries(prefix, resolved));
            resolved.problems().forEach(session.screen()::problem);
        });
        if (json) {
            session.screen().line(Json.pretty(Map.of("values", all)));
        } else {
            all.forEach(this::tell);
        }
        return ExitCode.DONE;
    }

    private List<Map<String, Object>> entries(String prefix, Configs.Resolved resolved) {
        var entries = new ArrayList<Map<String, Object>>();
        resolved.values().forEach((path, value) -> {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("path", prefix + path);
            entry.put("value", Written.plain(value));
            if (origin) {
                entry.put(
                        "origin", wire(Objects.requireNonNull(resolved.origins().get(path))));
            }
            entries.add(entry);
        });
        return entries;
    }

    private static Map<String, Object> wire(Origin from) {
        var wire = new LinkedHashMap<String, Object>();
        wire.put("layer", from.layer().name().toLowerCase(Locale.ROOT));
        var where = from.where();
        if (where != null) {
            wire.put("file", where.file());
            wire.put("line", where.line());
            wire.put("column", where.column());
        }
        return wire;
    }

    private void tell(Map<String, Object> entry) {
        var line = "%-20s %s".formatted(entry.get("path"), entry.get("value"));
        if (entry.get("origin") instanceof Map<?, ?> from) {
            var place = from.containsKey("file")
                    ? from.get("file") + ":" + from.get("line") + ":" + from.get("column")
                    : from.get("layer");
            line = "%-60s %s".formatted(line, session.screen().style(Style.FAINT, String.valueOf(place)));
        }
        session.screen().line(line);
    }
}
