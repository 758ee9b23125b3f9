package dev.johwa.source.migrate;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.yaml.Node;
import dev.johwa.lib.yaml.Yaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// YAML with Ruby in it, as ERB has it. Ruby is not run: `<% %>` becomes keys `<%` at the top with the places of the
/// blocks, so that they can be told, and `<%= %>` stays in its value.
final class Ruby {
    /// The key of a block.
    static final String BLOCK = "<%";

    private static final Pattern BLOCKS = Pattern.compile("<%(?![=%])[\\s\\S]*?%>");
    /// What no quotes surround would end at a `#`, or be taken for a key at a `:`.
    private static final Pattern VALUE = Pattern.compile("(?m)(:|-)([ \\t]+)([^\"'\\s#][^\"'\\n#]*)?(<%=.*%>.*)$");

    private Ruby() {}

    static boolean isIn(String text) {
        return text.contains("<%=");
    }

    static Optional<Node> read(String file, String text, List<Problem> problems) {
        Map<Node.Key, Node> found = new LinkedHashMap<>();
        var blocks = BLOCKS.matcher(text);
        var plain = new StringBuilder();
        while (blocks.find()) {
            var place = place(file, text, blocks.start());
            var says = blocks.group().replaceAll("^<%#?-?\\s*|\\s*-?%>$", "");
            if (!blocks.group().startsWith("<%#")) {
                found.put(new Node.Key(place, BLOCK), new Node.Scalar(place, says, false));
            }
            blocks.appendReplacement(
                    plain, Matcher.quoteReplacement(blocks.group().replaceAll(".", " ")));
        }
        blocks.appendTail(plain);
        var yaml = VALUE.matcher(plain).replaceAll(Ruby::quoted);
        return Yaml.read(file, yaml, problems).map(node -> with(found, node));
    }

    private static String quoted(MatchResult value) {
        var before = Optional.ofNullable(value.group(3)).orElse("");
        var text =
                before + value.group(4).replaceFirst("(?<=%>)\\s+#[^%]*$", "").stripTrailing();
        boolean isFlow = before.startsWith("[") || before.startsWith("{") || before.contains(": ");
        return Matcher.quoteReplacement(
                isFlow ? value.group() : value.group(1) + value.group(2) + "'" + text.replace("'", "''") + "'");
    }

    private static Node with(Map<Node.Key, Node> blocks, Node node) {
        if (blocks.isEmpty() || !(node instanceof Node.Mapping(Place place, Map<Node.Key, Node> entries))) {
            return node;
        }
        var all = new LinkedHashMap<>(blocks);
        all.putAll(entries);
        return new Node.Mapping(place, all);
    }

    private static Place place(String file, String text, int at) {
        int line =
                (int) text.substring(0, at).chars().filter(each -> each == '\n').count() + 1;
        return new Place(file, line, at - text.lastIndexOf('\n', at - 1));
    }
}
