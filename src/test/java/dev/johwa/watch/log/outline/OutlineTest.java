package dev.johwa.watch.log.outline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;

class OutlineTest {
    private static final int TRIES = 20_000;
    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "B",
            "é",
            "\\d",
            "\\w",
            "\\s",
            ".",
            "[ab]",
            "[^a]",
            "[b-d1]",
            "[^\\dé]",
            "x\\.",
            "\\bab",
            "^",
            "$",
            "(?:ab|b)",
            "(a|\\db)",
            "(?=b)",
            "(?<!a)",
            "(?:\\Qa.\\E)",
            "(?<n>b)",
            "\\D",
            "-o",
            "[é-ü]",
            "\\p{L}");
    private static final List<String> COUNTS = List.of("", "", "", "*", "+", "?", "{2}", "{1,3}", "+?", "*+", "{0,2}");
    private static final List<String> LETTERS =
            List.of("a", "b", "A", "B", "é", "ü", "1", "2", " ", "x", ".", "-", "o", "한", "\uD83D\uDE00", "\t");

    private static Optional<Outline> outline(String regex) {
        return OutlineReader.read(Pattern.compile(regex));
    }

    private static String regex(Random random) {
        var regex = new StringBuilder(random.nextInt(4) == 0 ? "(?i)" : "");
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            regex.append(PIECES.get(random.nextInt(PIECES.size()))).append(COUNTS.get(random.nextInt(COUNTS.size())));
            if (random.nextInt(12) == 0) {
                regex.append('|');
            }
        }
        return regex.toString();
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(LETTERS.get(random.nextInt(LETTERS.size())));
        }
        return text.toString();
    }

    @Test
    void findsWhereverTheExpressionFinds() {
        var random = new Random(11);
        int found = 0;
        int refused = 0;
        for (int i = 0; i < TRIES; i++) {
            var regex = regex(random);
            var pattern = pattern(regex);
            if (pattern.isEmpty()) {
                continue;
            }
            var outline = OutlineReader.read(pattern.get());
            assertThat(outline).describedAs(regex).isPresent();
            var automaton = Automaton.of(outline.get());
            var plain = outline.get().plain();
            for (int j = 0; j < 10; j++) {
                var text = text(random);
                var bytes = text.getBytes(StandardCharsets.UTF_8);
                boolean isThere = pattern.get().matcher(text).find();
                boolean mayBe = automaton.isEmpty() || automaton.get().finds(bytes, 0, bytes.length);
                assertThat(mayBe || !isThere)
                        .describedAs("/%s/ in '%s'", regex, text)
                        .isTrue();
                assertThat(!isThere || plain.isEmpty() || text.contains(plain.get()))
                        .describedAs("/%s/ in '%s' without '%s'", regex, text, plain)
                        .isTrue();
                found += isThere ? 1 : 0;
                refused += mayBe ? 0 : 1;
            }
        }
        assertThat(found).isGreaterThan(TRIES);
        assertThat(refused).isGreaterThan(TRIES);
    }

    private static Optional<Pattern> pattern(String regex) {
        try {
            return Optional.of(Pattern.compile(regex));
        } catch (PatternSyntaxException e) {
            // A quantifier of a quantifier, or a name twice.
            return Optional.empty();
        }
    }

    @Test
    void looksAtLongTextsInPartsAsInOne() {
        var line = "2026-01-01 level=info order 17 was taken\n";
        var regexes = List.of("\\d-o[a-z]c[a-z] f", "order\\s+\\d\\d\\s+was .* by", "l[a-z]vel=(warn|error)");
        var wanted = List.of("4711-once failed\n", "order 33 was taken by\n", "level=error\n");
        for (int each = 0; each < regexes.size(); each++) {
            var automaton =
                    Automaton.of(outline(regexes.get(each)).orElseThrow()).orElseThrow();
            for (int place : List.of(0, 1, 200, 399, 400, 799, 1000)) {
                var text = line.repeat(place) + wanted.get(each) + line.repeat(1000 - place);
                var without = (line.repeat(1001)).getBytes(StandardCharsets.UTF_8);
                var with = text.getBytes(StandardCharsets.UTF_8);
                assertThat(automaton.finds(with, 0, with.length)).isTrue();
                assertThat(automaton.finds(without, 0, without.length)).isFalse();
            }
        }
    }

    @Test
    void knowsPlainPartsOfRegularExpressions() {
        assertThat(outline("order \\d+ failed").orElseThrow().plain()).contains(" failed");
        assertThat(outline("order\\.x+yz").orElseThrow().plain()).contains("order.x");
        assertThat(outline("abcd?e(fghij)*k").orElseThrow().plain()).contains("abc");
        assertThat(outline("ab{2}cdef").orElseThrow().plain()).contains("abbcdef");
        assertThat(outline("x(fgh|ijk)y").orElseThrow().plain()).isEmpty();
        assertThat(outline("(?i)words").orElseThrow().plain()).isEmpty();
        assertThat(outline("a.b.c").orElseThrow().plain()).isEmpty();
    }

    @Test
    void saysNothingOfWhatItDoesNotKnow() {
        for (var regex : List.of("[a&&b]", "\\x41b", "(?s)a.b", "a(?i)b", "\\h", "((a{30}){30}){30}")) {
            assertThat(outline(regex)).describedAs(regex).isEmpty();
        }
        assertThat(OutlineReader.read(Pattern.compile("a", Pattern.LITERAL))).isEmpty();
        assertThat(Automaton.of(outline("a*").orElseThrow())).isEmpty();
        // As many states as there are sets of places: the beginning of it is looked for.
        assertThat(Automaton.of(outline("xy[ab].{30}[ab].{30}c").orElseThrow())).isPresent();
    }
}
