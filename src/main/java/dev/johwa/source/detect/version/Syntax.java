package dev.johwa.source.detect.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// In whose words a range is written.
public enum Syntax {
    /// A version or the start of one, as version managers take it: `3.11`, `v20.11.0`, `18.x`.
    PIN(Bounds::pin),
    /// At least that version: Go's, Cargo's `rust-version`.
    LEAST(Bounds::least),
    /// As PIN, and nvm's words for lines of Node.js: `lts/iron`, `lts/*`, `node`.
    NODE(Syntax::node),
    /// As PIN, with the names of those who build a Java before or behind: `temurin-21.0.2`, `17.0.10-tem`, `1.8`.
    JAVA(Syntax::java),
    /// As JAVA, and every later one: what a compiler is told to make class files for.
    JAVA_LEAST(text -> Bounds.least(javaNumber(text))),
    NPM(NpmRange::parse),
    PYTHON(PythonRange::parse),
    POETRY(OtherSyntaxes::poetry),
    MAVEN(OtherSyntaxes::maven),
    RUBY(OtherSyntaxes::ruby),
    ELIXIR(OtherSyntaxes::elixir),
    COMPOSER(OtherSyntaxes::composer),
    DOTNET(OtherSyntaxes::dotnet);

    private static final Pattern JAVA_NUMBER = Pattern.compile(
            "(?:[A-Za-z][A-Za-z0-9_.]*-|openjdk|jdk-?)*(?:1\\.(?=[5-8]\\b))?(\\d+(?:\\.\\d+)*)(?:[-+_].*)?");
    private static final Map<String, String> LONG_TERM = Map.ofEntries(
            Map.entry("argon", "4"),
            Map.entry("boron", "6"),
            Map.entry("carbon", "8"),
            Map.entry("dubnium", "10"),
            Map.entry("erbium", "12"),
            Map.entry("fermium", "14"),
            Map.entry("gallium", "16"),
            Map.entry("hydrogen", "18"),
            Map.entry("iron", "20"),
            Map.entry("jod", "22"),
            Map.entry("krypton", "24"));
    private static final int LAST_EVEN = 98;
    private static final int LONGEST = 1_000;

    private final Function<String, Optional<Range>> parser;

    Syntax(Function<String, Optional<Range>> parser) {
        this.parser = parser;
    }

    /// The range that a text means; empty when it means none.
    public Optional<Range> parse(String text) {
        return text.length() > LONGEST ? Optional.empty() : parser.apply(text.strip());
    }

    /// Whether a version is in the range that a text means; not where it means none.
    public boolean fits(String version, String range) {
        return parse(range).filter(each -> each.holds(version)).isPresent();
    }

    private static Optional<Range> node(String text) {
        var word = text.toLowerCase(Locale.ROOT);
        if (List.of("node", "stable", "latest", "current").contains(word)) {
            return Optional.of(Bounds.ANY);
        }
        if (word.equals("lts/*") || word.equals("lts")) {
            return Optional.of(evenLines());
        }
        var line = word.replaceFirst("^lts[/-]", "");
        return Bounds.pin(LONG_TERM.getOrDefault(line, line));
    }

    /// Lines with an even number are the ones that are kept for long.
    private static Range evenLines() {
        var choices = new ArrayList<List<Bounds.Bound>>();
        for (int line = 4; line <= LAST_EVEN; line += 2) {
            choices.add(List.of(new Bounds.Bound(Bounds.Relation.STARTS, new PlainVersion(List.of(line), ""))));
        }
        return new Bounds(choices);
    }

    private static Optional<Range> java(String text) {
        return Bounds.pin(javaNumber(text));
    }

    private static String javaNumber(String text) {
        var found = JAVA_NUMBER.matcher(text);
        return found.matches() ? found.group(1) : "";
    }
}
