package dev.johwa.lib.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.johwa.lib.problem.ProblemException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnvTextTest {
    @Test
    void valuesAreAsTheLibrariesOfThatNameReadThem() {
        assertThat(EnvText.read(".env", """
                # a comment
                PLAIN=one two # told
                export URL = postgres://u:p#w@h/db?x=1
                EMPTY=
                SINGLE='a # b $HOME \\n'
                DOUBLE="a \\"b\\" \\n c \\d"   # after
                BACK=`it's "so"`
                KEY="-----BEGIN KEY-----
                AAAA
                -----END KEY-----"
                LAST=7"""))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("PLAIN", "one two"),
                        Map.entry("URL", "postgres://u:p#w@h/db?x=1"),
                        Map.entry("EMPTY", ""),
                        Map.entry("SINGLE", "a # b $HOME \\n"),
                        Map.entry("DOUBLE", "a \"b\" \n c \\d"),
                        Map.entry("BACK", "it's \"so\""),
                        Map.entry("KEY", "-----BEGIN KEY-----\nAAAA\n-----END KEY-----"),
                        Map.entry("LAST", "7")));
        assertThat(EnvText.read(".env", "\uFEFFA=1\r\nB=2\r\n")).isEqualTo(Map.of("A", "1", "B", "2"));
        assertThat(EnvText.read(".env", "")).isEmpty();
    }

    @Test
    void allThatIsWrongIsToldAtOnceWithItsPlaceAndWithoutSecrets() {
        var failed = catchThrowableOfType(ProblemException.class, () -> EnvText.read("prod.env", """
                A=1
                sk_live_51H8 is my key
                1B=2
                A=3
                C='x' y
                D="never ends
                E=1
                """));
        assertThat(failed.problems().stream().map(each -> each.text()).toList())
                .hasSize(5)
                .anyMatch(text -> text.contains("prod.env:2:1") && text.contains("sk_…"))
                .anyMatch(text -> text.contains("prod.env:3:1"))
                .anyMatch(text -> text.contains("prod.env:4:1") && text.contains("line 1"))
                .anyMatch(text -> text.contains("prod.env:5:") && text.contains("value of C"))
                .anyMatch(text -> text.contains("prod.env:6:") && text.contains("does not end"))
                .noneMatch(text -> text.contains("live"));
    }

    @Test
    void noBytesEndIt() {
        var random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int k = random.nextInt(30); k > 0; k--) {
                text.append("A=\"'`\\\n#$ \tb\r".charAt(random.nextInt(13)));
            }
            try {
                EnvText.read("x", text.toString());
            } catch (ProblemException e) {
                assertThat(e.problems()).isNotEmpty().allMatch(each -> each.where() != null);
            }
        }
    }
}
