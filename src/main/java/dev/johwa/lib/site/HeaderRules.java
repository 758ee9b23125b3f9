package dev.johwa.lib.site;

import dev.johwa.lib.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Rules of a `_headers` file: a path on a line of its own, below it indented `NAME: VALUE` lines. All that fit count;
/// a
/// field that several set has their values one after another, and `! NAME` takes away what was set before.
public final class HeaderRules {
    public static final int MOST = 500;
    static final HeaderRules NONE = new HeaderRules(List.of(), List.of());

    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+)\\s*:\\s*(.*)");
    private static final Pattern GONE = Pattern.compile("!\\s+([!#$%&'*+.^_`|~0-9A-Za-z-]+)");
    private static final Pattern HOST = Pattern.compile("(?i)https?://([^/:]+)(?::\\d+)?(/.*)?");
    /// What the server itself says of an answer.
    private static final Set<String> OURS = Set.of(
            "accept-ranges",
            "age",
            "allow",
            "connection",
            "content-encoding",
            "content-length",
            "content-range",
            "date",
            "etag",
            "keep-alive",
            "last-modified",
            "location",
            "server",
            "set-cookie",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final List<Rule> rules;
    private final List<Problem> problems;

    /// @param fields with an empty value for those that go
    private record Rule(@Nullable String host, PathPattern path, List<Field> fields) {}

    private HeaderRules(List<Rule> rules, List<Problem> problems) {
        this.rules = List.copyOf(rules);
        this.problems = List.copyOf(problems);
    }

    /// @param file under which problems are told
    public static HeaderRules of(String file, String text) {
        var lines = new Lines(file, "headers.rule");
        var rules = new ArrayList<Rule>();
        Rule open = null;
        for (var line : lines.of(text)) {
            try {
                if (line.isIndented()) {
                    var field = field(line.text());
                    if (open == null) {
                        throw new RuleException("'" + field.name() + "' belongs to no path", "write a path above it");
                    }
                    open.fields().add(field);
                } else if (rules.size() >= MOST) {
                    lines.tell(line.number(), "more than " + MOST + " paths are not read", "use * in paths");
                    break;
                } else {
                    open = null;
                    open = rule(line.text());
                    rules.add(open);
                }
            } catch (RuleException e) {
                lines.tell(line.number(), e.said(), e.hint());
            }
        }
        return new HeaderRules(rules, lines.problems());
    }

    private static Rule rule(String text) throws RuleException {
        var address = HOST.matcher(text);
        if (address.matches()) {
            var path = address.group(2) == null ? "/" : address.group(2);
            return new Rule(address.group(1).toLowerCase(Locale.ROOT), PathPattern.of(path), new ArrayList<>());
        }
        if (!text.startsWith("/")) {
            throw new RuleException(
                    "'" + Letters.shortened(text.replaceFirst(":.*", ": …")) + "' is no path",
                    "a path begins with /; fields below it are indented");
        }
        return new Rule(null, PathPattern.of(text), new ArrayList<>());
    }

    private static Field field(String text) throws RuleException {
        var gone = GONE.matcher(text);
        if (gone.matches()) {
            checkIsTheirs(gone.group(1));
            return new Field(gone.group(1), "");
        }
        var field = FIELD.matcher(text);
        if (!field.matches()) {
            throw new RuleException(
                    "'" + Letters.shortened(text.replaceFirst(":.*", ": …")) + "' is no field", "write NAME: VALUE");
        }
        var name = field.group(1);
        if (name.equalsIgnoreCase("Basic-Auth")) {
            throw new RuleException(
                    "Basic-Auth is not known here: everybody sees these pages", "put what is private elsewhere");
        }
        checkIsTheirs(name);
        if (field.group(2).isEmpty()) {
            throw new RuleException(name + " has no value", "write NAME: VALUE; `! NAME` takes a field away");
        }
        if (!field.group(2).chars().allMatch(letter -> letter == '\t' || letter >= ' ' && letter < 127)) {
            throw new RuleException("the value of " + name + " has letters that no field may have", "use ASCII");
        }
        return new Field(name, field.group(2));
    }

    private static void checkIsTheirs(String name) throws RuleException {
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new RuleException("the server itself says " + name, "leave the line out");
        }
    }

    public List<Problem> problems() {
        return problems;
    }

    public int size() {
        return rules.size();
    }

    boolean dependsOnHost() {
        return rules.stream().anyMatch(rule -> rule.host() != null);
    }

    List<Field> fields(Asked asked) {
        var fields = new LinkedHashMap<String, Field>();
        for (var rule : rules) {
            var found = rule.host() == null || rule.host().equals(asked.host())
                    ? rule.path().match(asked.path())
                    : null;
            if (found != null) {
                rule.fields().forEach(field -> put(fields, field, found));
            }
        }
        return List.copyOf(fields.values());
    }

    private static void put(Map<String, Field> fields, Field field, Map<String, String> found) {
        var filled = new Field(field.name(), Letters.fill(field.value(), found, true));
        fields.merge(
                field.name().toLowerCase(Locale.ROOT),
                filled,
                (before, after) -> before.value().isEmpty() || after.value().isEmpty()
                        ? after
                        : new Field(before.name(), before.value() + ", " + after.value()));
    }
}
