package dev.johwa.source.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MentionTest {
    private static String told(String text) {
        var told = new StringBuilder();
        Mention.in(text).forEach(each -> told.append(each.number()).append(each.closes() ? "! " : " "));
        return told.toString().strip();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "See #12 and #12 | 12",
                "fixes #3 | 3!",
                "Fix: #3 | 3!",
                "Closed #3, #4 and #5; see #6 | 3! 4! 5! 6",
                "This resolves #3, and #7 | 3! 7!",
                "prefixes #3 | 3",
                "fixes the basket of #3 | 3",
                "C#7 a/b#7 &#39; #0 #7a x-#7 |",
                "(#7) #7. #8: | 7 8",
                "#12345678901 |",
                "see #3, fixes #3 | 3!",
            })
    void whatACommitSays(String text, String expected) {
        assertThat(told(text)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void aHostileMessageTakesNoTime() {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(told("fixes #1, ".repeat(10_000))).isEqualTo("1!");
            assertThat(told("fixes " + " ".repeat(15_000) + "#1")).isEqualTo("1");
            assertThat(told("fixes #1" + " , ".repeat(6_000))).isEqualTo("1!");
        });
    }
}
