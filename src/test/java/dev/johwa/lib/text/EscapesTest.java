package dev.johwa.lib.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EscapesTest {
    private static final int TEXTS = Integer.getInteger("johwa.fuzz", 1) * 5_000;
    private static final String PIECES =
            "\u001B\u001B\u001B\u009B\u009D\u0090[[]()#;:?0123489mmHJKhl \u0007\\\r\n\t\b\u0000x조";

    @Test
    void coloursAndControlCharactersAreTakenOut() {
        assertThat(Escapes.plain("\u001B[31mred\u001B[0m and\ttab")).isEqualTo("red and\ttab");
        assertThat(Escapes.plain("bell \u0007\u0008 here")).isEqualTo("bell \uFFFD here");
        assertThat(Escapes.plain("naïve 조화")).isEqualTo("naïve 조화");
    }

    @Test
    void coloursEndWithTheText() {
        assertThat(Escapes.coloured("\u001B[8mhidden")).isEqualTo("\u001B[8mhidden\u001B[0m");
        assertThat(Escapes.coloured("\u001B[1ma\u001B[0m")).isEqualTo("\u001B[1ma\u001B[0m");
        assertThat(Escapes.coloured("a\nb\tc")).isEqualTo("a\nb\tc");
    }

    /// `-Djohwa.fuzz=1000` for long.
    @Test
    void noTextMovesATerminal() {
        long seed = Long.getLong("johwa.seed", 71);
        var random = new Random(seed);
        for (int i = 0; i < TEXTS; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(24); length > 0; length--) {
                text.append(PIECES.charAt(random.nextInt(PIECES.length())));
            }
            assertThat(Escapes.plain(text.toString()))
                    .as("seed %d, text %d", seed, i)
                    .matches("[\t\u0020-\uFFFF&&[^\u007F-\u009F]]*");
            assertThat(Escapes.coloured(text.toString()))
                    .as("seed %d, text %d", seed, i)
                    .matches("(?:\u001B\\[[0-9;:]*m|[\t\n\u0020-\uFFFF&&[^\u007F-\u009F]])*");
        }
    }
}
