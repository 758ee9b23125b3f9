package dev.johwa.watch.log;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Watched;
import dev.johwa.watch.log.outline.Outline;
import dev.johwa.watch.log.outline.OutlineReader;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A condition on lines.
public sealed interface Term {
    /// Whether it holds of a line.
    boolean holds(LogLine line);

    /// The same within a search that looks at many.
    default boolean holds(LogLine line, Effort effort) {
        return holds(line);
    }

    /// What the text has within it wherever it holds, or its fields where it is about them; empty where nobody can say.
    default Optional<Outline> outline() {
        return Optional.empty();
    }

    /// Whether it is about the fields beside a text too.
    default boolean isOfFields() {
        return false;
    }

    /// The field of lines that it is about; empty where it is about their text, or about who said them.
    default Optional<String> field() {
        return Optional.empty();
    }

    /// The text contains this.
    record Word(String text) implements Term {
        @Override
        public boolean holds(LogLine line) {
            return line.text().contains(text);
        }

        @Override
        public Optional<Outline> outline() {
            return Optional.of(Outline.text(text, false));
        }
    }

    /// A part of the text is described by a regular expression.
    record Regex(Pattern pattern) implements Term {
        @Override
        public boolean holds(LogLine line) {
            return holds(line, new Effort());
        }

        @Override
        public boolean holds(LogLine line, Effort effort) {
            var text = new Watched(line.text(), Regex::endless);
            boolean isFound = find(text);
            effort.spend(text.reads());
            return isFound;
        }

        private static ProblemException endless() {
            return Effort.endless("a line of this log");
        }

        private boolean find(Watched text) {
            try {
                return pattern.matcher(text).find();
            } catch (StackOverflowError e) {
                // It goes one call deeper for each turn of a choice that is repeated.
                throw endless();
            }
        }

        @Override
        public Optional<Outline> outline() {
            return OutlineReader.read(pattern);
        }
    }

    /// A field has this value, in whatever case; fields within fields by dots.
    record Field(String name, String value) implements Term {
        public static final String KIND = "kind";
        private static final Set<String> OF_SOURCE = Set.of(KIND, "release", "instance", "process", "stream", "tag");
        /// What JSON writes as it is.
        private static final Pattern PLAIN = Pattern.compile("[\\x20-\\x7e&&[^\"\\\\]]+");

        @Override
        public boolean holds(LogLine line) {
            return mayHold(line)
                    && value(line, name).filter(value::equalsIgnoreCase).isPresent();
        }

        /// Cheaper than reading the fields of a line.
        private boolean mayHold(LogLine line) {
            return OF_SOURCE.contains(name) || outline().isEmpty() || isWithin(line.text()) || isWithin(line.fields());
        }

        private boolean isWithin(String text) {
            for (int i = text.length() - value.length(); i >= 0; i--) {
                if (text.regionMatches(true, i, value, 0, value.length())) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Optional<Outline> outline() {
            // The source of a line is not among the words of a block.
            return Optional.of(value)
                    .filter(text ->
                            !OF_SOURCE.contains(name) && PLAIN.matcher(text).matches())
                    .map(text -> Outline.text(text, true));
        }

        @Override
        public boolean isOfFields() {
            return true;
        }

        @Override
        public Optional<String> field() {
            return ofLines(name);
        }

        private static Optional<String> ofLines(String name) {
            return Optional.of(name).filter(each -> !OF_SOURCE.contains(each));
        }

        /// What a field of a line is, as text.
        static Optional<String> value(LogLine line, String name) {
            var source = line.source();
            return switch (name) {
                // A line of an app may have a field of that name itself.
                case KIND ->
                    Optional.of(LogKind.of(source))
                            .filter(kind -> kind != LogKind.APP)
                            .map(LogKind::word)
                            .or(() -> within(Fields.of(line), name))
                            .or(() -> Optional.of(LogKind.APP.word()));
                case "release" -> Optional.of(String.valueOf(source.release()));
                case "instance" -> Optional.of(source.instance());
                case "process" -> Optional.of(source.process());
                case "stream" -> Optional.of(source.stream());
                case "tag" -> Optional.of(source.tag());
                default -> within(Fields.of(line), name);
            };
        }

        private static Optional<String> within(Map<?, ?> fields, String name) {
            var found = fields.get(name);
            if (found != null) {
                return Optional.of(String.valueOf(found));
            }
            int dot = name.indexOf('.');
            return dot > 0 && fields.get(name.substring(0, dot)) instanceof Map<?, ?> inner
                    ? within(inner, name.substring(dot + 1))
                    : Optional.empty();
        }
    }

    /// A field is a number that compares so.
    ///
    /// @param sign `<`, `<=`, `>` or `>=`
    record Compared(String name, String sign, BigDecimal number) implements Term {
        @Override
        public boolean holds(LogLine line) {
            return Field.value(line, name).flatMap(Compared::number).stream().anyMatch(this::compares);
        }

        @Override
        public Optional<String> field() {
            return Field.ofLines(name);
        }

        private boolean compares(BigDecimal value) {
            int order = value.compareTo(number);
            return switch (sign) {
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                default -> order >= 0;
            };
        }

        /// A text as a number, where it is one of a sensible size.
        static Optional<BigDecimal> number(String text) {
            try {
                return text.length() > 40 || text.toLowerCase(Locale.ROOT).contains("e")
                        ? Optional.empty()
                        : Optional.of(new BigDecimal(text));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    /// Another one does not hold.
    record Not(Term term) implements Term {
        @Override
        public boolean holds(LogLine line) {
            return !term.holds(line);
        }

        @Override
        public boolean holds(LogLine line, Effort effort) {
            return !term.holds(line, effort);
        }

        @Override
        public Optional<String> field() {
            return term.field();
        }
    }
}
