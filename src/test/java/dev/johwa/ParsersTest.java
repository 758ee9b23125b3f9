package dev.johwa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever comes, who reads it gives an answer or a problem, in bounded time, and never a bug's exception.
/// `-Djohwa.fuzz=1000` for long, `-Djohwa.seed=N` for others; `bench/fuzz` is led by what its bytes reach.
class ParsersTest {
    private static final int INPUTS = Integer.getInteger("johwa.fuzz", 1) * 300;
    private static final long SEED = Long.getLong("johwa.seed", 7);
    private static final Duration LONGEST = Duration.ofSeconds(3);

    @TempDir
    static Path folder;

    static List<Parser> parsers() {
        return Parsers.all(folder);
    }

    @ParameterizedTest
    @MethodSource("parsers")
    void anythingIsReadOrAProblem(Parser parser) {
        var texts = new Mutations(SEED, parser.seeds());
        for (int i = 0; i < INPUTS; i++) {
            var text = texts.next();
            take(parser, text, "seed " + SEED + ", input " + i);
        }
    }

    private static void take(Parser parser, String text, String which) {
        // Of the processor, not of the clock: many tests run beside each other.
        var thread = ManagementFactory.getThreadMXBean();
        long start = thread.getCurrentThreadCpuTime();
        try {
            parser.take(text.getBytes(parser.charset()));
        } catch (RuntimeException | StackOverflowError e) {
            fail(which + ": «" + (text.length() > 4_000 ? text.substring(0, 4_000) : text) + "»", e);
        }
        assertThat(Duration.ofNanos(thread.getCurrentThreadCpuTime() - start))
                .as(which)
                .isLessThan(LONGEST);
    }

    @ParameterizedTest
    @MethodSource("parsers")
    void whatPeopleWriteIsRead(Parser parser) {
        for (var seed : parser.seeds()) {
            take(parser, seed, seed);
        }
    }

    /// What people write, and what has a meaning to parsers, over and over: what answers itself again and again must
    /// neither exhaust the stack nor take the square of its length.
    @ParameterizedTest
    @MethodSource("parsers")
    void repetitionIsReadInTime(Parser parser) {
        int longest = 1 << 16;
        for (var piece :
                List.of("[", "(", "{\"a\":", "<a>", "-", "1+", "1.", "a.b/", "!", "\u0091", "a=\"b\" ", "\\x")) {
            take(parser, piece.repeat(longest / piece.length()), piece + " over and over");
        }
        var brackets = "[".repeat(longest);
        // Of the last two: a query of a query, and a record whose time is a list of a list.
        for (var text : List.of(
                "a = " + brackets,
                "a: " + brackets,
                "{\"a\":" + brackets,
                "FROM " + brackets,
                "a" + "[1m:1m]".repeat(longest / 7),
                "\u0092\u00a1s\u0091" + "\u0091".repeat(longest))) {
            take(parser, text, "over and over: " + text.substring(0, 20));
        }
        int shorter = longest / 8;
        for (var seed : parser.seeds()) {
            if (!seed.isEmpty()) {
                var half = seed.substring(0, (seed.length() + 1) / 2);
                take(parser, half.repeat(shorter / half.length()), "over and over: " + half);
            }
        }
    }
}
