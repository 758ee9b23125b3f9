package dev.johwa.source.detect.stack;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// As much of TOML as manifests need: tables, keys, texts and lists of texts. What it does not know it passes over.
public final class Toml {
    private static final Pattern TABLE = Pattern.compile("\\[\\[?([^\\]]++)]]?\\s*+(#.*)?");
    private static final Pattern PAIR = Pattern.compile("([A-Za-z0-9_.\"' \t-]++)=\\s*+(.*)");
    /// One that does not end ends with its line, so that nothing is looked at twice.
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\\n]++|\\\\.?)*+)(?:\"|(?=\n)|$)|'([^'\n]*+)'");
    private static final int MOST_LINES_OF_A_LIST = 2_000;

    private final Map<String, String> values = new LinkedHashMap<>();

    private Toml() {}

    public static Toml read(String text) {
        var toml = new Toml();
        var lines = text.lines().map(String::strip).toList();
        var table = "";
        for (int i = 0; i < lines.size(); i++) {
            var header = TABLE.matcher(lines.get(i));
            if (header.matches()) {
                table = plain(header.group(1)) + ".";
                continue;
            }
            var pair = PAIR.matcher(lines.get(i));
            if (!pair.matches() || lines.get(i).startsWith("#")) {
                continue;
            }
            var value = new StringBuilder(pair.group(2));
            int first = i;
            int open = value.indexOf("[") == 0 ? open(value) : 0;
            while (open > 0 && i + 1 < lines.size() && i - first < MOST_LINES_OF_A_LIST) {
                value.append('\n').append(lines.get(++i));
                open += open(lines.get(i));
            }
            toml.values.putIfAbsent(table + plain(pair.group(1)), value.toString());
        }
        return toml;
    }

    private static String plain(String name) {
        return name.replaceAll("[\"'\\s]", "");
    }

    /// How many more lists begin in a line than end there, brackets in texts and comments not counted.
    private static int open(CharSequence line) {
        var bare = TEXT.matcher(line).replaceAll("").replaceAll("#[^\n]*", "");
        return bare.chars()
                .map(letter -> letter == '[' ? 1 : letter == ']' ? -1 : 0)
                .sum();
    }

    public Optional<String> text(String path) {
        return texts(path).stream().findFirst();
    }

    /// The texts of a list; of a single text just that.
    public List<String> texts(String path) {
        var value =
                values.getOrDefault(path, "").lines().map(Toml::withoutComment).collect(Collectors.joining("\n"));
        return TEXT.matcher(value)
                .results()
                .map(found ->
                        found.group(1) == null ? found.group(2) : found.group(1).replace("\\\"", "\""))
                .toList();
    }

    private static String withoutComment(String line) {
        var texts = TEXT.matcher(line);
        int end = 0;
        while (texts.find() && line.substring(end, texts.start()).indexOf('#') < 0) {
            end = texts.end();
        }
        int comment = line.indexOf('#', end);
        return comment < 0 ? line : line.substring(0, comment);
    }

    /// The keys in a table, and in tables below it with their dots.
    public Set<String> keys(String table) {
        return values.keySet().stream()
                .filter(key -> key.startsWith(table + "."))
                .map(key -> key.substring(table.length() + 1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    public boolean hasTable(String table) {
        return !keys(table).isEmpty();
    }
}
