package dev.johwa.watch.telemetry;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.johwa.lib.problem.Problem;
import java.util.Optional;

/// What a label must be. A label that is not there counts as an empty one.
public final class Matcher {
    /// How it is compared; a pattern is of RE2 and meets the whole value.
    public enum Kind {
        EQUAL("="),
        UNEQUAL("!="),
        LIKE("=~"),
        UNLIKE("!~");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }

    private final String name;
    private final Kind kind;
    private final String value;
    private final Optional<Pattern> pattern;

    /// @throws dev.johwa.lib.problem.ProblemException with code `query.syntax` when it is no pattern
    public Matcher(String name, Kind kind, String value) {
        this.name = name;
        this.kind = kind;
        this.value = value;
        this.pattern = kind == Kind.LIKE || kind == Kind.UNLIKE ? Optional.of(pattern(value)) : Optional.empty();
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile("(?:" + text + ")", Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw Problem.user("query.syntax", "'" + text + "' is no regular expression: " + e.getDescription())
                    .hint("expressions are those of RE2")
                    .exception();
        }
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    public String value() {
        return value;
    }

    public boolean meets(String text) {
        return switch (kind) {
            case EQUAL -> text.equals(value);
            case UNEQUAL -> !text.equals(value);
            case LIKE -> pattern.orElseThrow().matches(text);
            case UNLIKE -> !pattern.orElseThrow().matches(text);
        };
    }

    public boolean meets(Labels labels) {
        return meets(labels.get(name));
    }
}
