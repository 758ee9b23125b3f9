package dev.johwa.source.config;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Place;
import dev.johwa.lib.yaml.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Settings as people write them.
public final class Written {
    /// Texts that stand without quotes, unless they read as something else.
    private static final Pattern PLAIN = Pattern.compile("(-?[A-Za-z]|[0-9_./$])[\\w./$=+@-]*( [\\w./$=+@-]+)*");

    /// What older YAML takes for booleans.
    private static final Pattern OLD_BOOLEAN = Pattern.compile("(?i)yes|no|on|off|y|n");

    private Written() {}

    /// For a person: a line for a shell as it was written, words with spaces between them; of a program of several
    /// lines the first, which says what it is about.
    public static String command(List<String> argv) {
        return isShell(argv)
                ? brief(argv.get(2))
                : argv.stream().map(Written::brief).collect(Collectors.joining(" "));
    }

    private static String brief(String text) {
        var plain = text.strip();
        int end = plain.indexOf('\n');
        return end < 0 ? text : plain.substring(0, end).strip() + " …";
    }

    /// Commands one after another, as a person reads them.
    public static String commands(List<List<String>> commands) {
        return commands.stream().map(Written::command).collect(Collectors.joining("; "));
    }

    /// A value of [Configs.Resolved] as JSON takes it: times and sizes as texts, the rest as it is.
    public static Object plain(Object value) {
        return switch (value) {
            case Duration duration -> Units.text(duration);
            case Long size -> Units.size(size);
            case List<?> list -> list.stream().map(Written::plain).toList();
            default -> value;
        };
    }

    /// A value as a person reads it.
    static String text(Object value) {
        return String.valueOf(plain(value));
    }

    /// A value as it stands in `johwa.yaml`.
    static String yaml(Form form, Object value) {
        return switch (form) {
            case COMMAND -> command(value);
            case COMMANDS ->
                ((List<?>) value).stream().map(Written::command).collect(Collectors.joining(", ", "[", "]"));
            case SECRETS, DATA, USES, PROFILES, DOMAINS, RANGES, PATHS, REDIRECTS, ROLLOUT -> texts((List<?>) value);
            case SWITCH -> String.valueOf(value);
            case TEXT,
                    SERVICE,
                    TARGET,
                    ACCESS,
                    BASE,
                    PORT,
                    COUNT,
                    NUMBER,
                    SHARE,
                    DURATION,
                    SIZE,
                    VALUE,
                    CRON,
                    DATE,
                    ZONE,
                    FOLDER,
                    FILE,
                    URL_PATH,
                    SECRET,
                    FIELD,
                    HEADER,
                    EVENT,
                    METRIC,
                    HOST ->
                value instanceof Number number && !(number instanceof Long)
                        ? number.toString()
                        : quoted(String.valueOf(plain(value)));
        };
    }

    /// A text, a number, a list of texts or a map of them as it stands in `johwa.yaml`.
    public static String value(Object value) {
        return switch (value) {
            case Number number -> number.toString();
            case List<?> list -> texts(list);
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(each -> value(each.getKey()) + ": " + value(each.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            default -> quoted(String.valueOf(value));
        };
    }

    @SuppressWarnings("unchecked") // a command is a list of texts
    private static String command(Object value) {
        var argv = (List<String>) value;
        return isShell(argv) ? quoted(argv.get(2)) : texts(argv);
    }

    private static String texts(List<?> texts) {
        return texts.stream().map(text -> quoted(String.valueOf(text))).collect(Collectors.joining(", ", "[", "]"));
    }

    /// Every JSON text is a YAML text too.
    private static String quoted(String text) {
        boolean isPlain = PLAIN.matcher(text).matches()
                && !OLD_BOOLEAN.matcher(text).matches()
                && new Node.Scalar(Place.of(""), text, true).isText();
        return isPlain ? text : Json.write(text);
    }

    private static boolean isShell(List<String> argv) {
        return argv.size() == 3 && argv.get(0).equals("sh") && argv.get(1).equals("-c");
    }
}
