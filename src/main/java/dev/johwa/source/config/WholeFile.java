package dev.johwa.source.config;

import dev.johwa.source.config.Configs.Resolved;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The whole process of a project as a `johwa.yaml` that changes nothing: what holds by convention, or by the server,
/// stands there behind a '#', each key on one line.
final class WholeFile {
    private static final String HEAD = """
            # The whole process of %s, as it is without this file. A line that begins with '#' and a key holds by
            # convention and changes nothing; take its '#' away to decide it here.
            # `johwa plan` shows the process, `johwa check` looks at this file.
            """;

    private final Resolved production;
    private final List<String> lines = new ArrayList<>();

    private WholeFile(Resolved production) {
        this.production = production;
    }

    static String of(Resolved production, Resolved preview) {
        return new WholeFile(production).text(preview);
    }

    private String text(Resolved preview) {
        var settings = production.settings();
        say("What it is, and where it lives in the repository.");
        key("service");
        key("folder");
        say(settings.install().isEmpty() ? "Nothing is installed." : "Installed by: " + commands(settings.install()));
        say(tests());
        key("test");
        key("build");
        say("Once per release, before its instances start.");
        key("release");
        starts(settings);
        key("port");
        map("health", List.of("path", "within"));
        say("The candidate must answer below 500 before it gets traffic; then your own commands, with APP_URL.");
        key("verify");
        key("instances");
        map("limits", List.of("memory", "cpu", "build", "request", "answer"));
        names("env");
        List.of(
                        "secrets",
                        "data",
                        "uses",
                        "domains",
                        "canonical",
                        "redirects",
                        "target",
                        "access",
                        "feedback",
                        "fetch",
                        "sleep")
                .forEach(this::key);
        map("allow", List.of("users", "from", "paths"));
        names("headers");
        say("The default branch goes to production, every other branch to a preview of its own.");
        environments(preview);
        return HEAD.formatted(settings.project()) + String.join("\n", lines) + "\n";
    }

    private static String commands(List<List<String>> commands) {
        return commands.stream().map(Written::command).map(WholeFile::oneLine).collect(Collectors.joining("; "));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ⏎ ");
    }

    private String tests() {
        var tests = production.settings().test().stream()
                .map(test -> test.command())
                .toList();
        var own = production.values().get("test") instanceof List<?> list ? list.size() : 0;
        var defaults = tests.subList(0, tests.size() - own);
        return defaults.isEmpty()
                ? "No tests were found; those written here run."
                : "Default tests, which always run: " + commands(defaults) + ". Those written here come after them.";
    }

    /// `start` names one process; a Procfile names them all.
    private void starts(Settings settings) {
        var others = settings.processes().entrySet().stream()
                .filter(process ->
                        !process.getValue().equals(production.values().get("start")))
                .map(process -> process.getKey() + ": " + oneLine(Written.command(process.getValue())))
                .collect(Collectors.joining("; "));
        if (!others.isEmpty()) {
            say("Started too: " + others);
        }
        key("start");
    }

    private void say(String prose) {
        lines.add("");
        lines.add("# " + prose);
    }

    private void key(String path) {
        var value = production.values().get(path);
        var form = Key.of(path).orElseThrow().form();
        if (value != null && isWritable(form, value)) {
            line(path, Written.yaml(form, value), List.of(path));
        } else if (value == null && (form.isList() || form == Form.COMMANDS)) {
            line(path, "[]", List.of());
        }
    }

    /// A library is found, and cannot be asked for.
    private static boolean isWritable(Form form, Object value) {
        return form != Form.SERVICE || form.fits(String.valueOf(value));
    }

    private void map(String above, List<String> names) {
        var paths = names.stream()
                .map(name -> above + "." + name)
                .filter(production.values()::containsKey)
                .toList();
        var text = paths.stream()
                .map(path -> path.substring(above.length() + 1) + ": "
                        + Written.yaml(
                                Key.of(path).orElseThrow().form(),
                                Objects.requireNonNull(production.values().get(path))))
                .collect(Collectors.joining(", ", "{", "}"));
        line(above, text, paths);
    }

    /// Those that people chose.
    private void names(String above) {
        map(
                above,
                production.values().keySet().stream()
                        .filter(path -> path.startsWith(above + "."))
                        .map(path -> path.substring(above.length() + 1))
                        .toList());
    }

    private void environments(Resolved preview) {
        var keys = Stream.of("access", "sleep", "expire")
                .filter(preview.values()::containsKey)
                .map(key -> key + ": "
                        + Written.text(Objects.requireNonNull(preview.values().get(key))))
                .collect(Collectors.joining(", ", "{", "}"));
        line("environments", "{preview: " + keys + "}", List.of());
    }

    /// @param paths whose origins are told, where it is not the convention
    private void line(String key, String value, List<String> paths) {
        var origins = paths.stream()
                .map(production.origins()::get)
                .filter(Objects::nonNull)
                .filter(origin -> origin.layer() != Origin.Layer.CONVENTION)
                .map(Origin::text)
                .distinct()
                .collect(Collectors.joining(", "));
        lines.add("#" + key + ": " + value + (origins.isEmpty() ? "" : "  # from " + origins));
    }
}
