package dev.johwa.lib.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskTest {
    @Test
    void noFormOfASecretIsLeft() {
        var random = new Random(7);
        for (int round = 0; round < 500; round++) {
            var secret = text(random, 8 + random.nextInt(30));
            var before = text(random, random.nextInt(5));
            var after = text(random, random.nextInt(5));
            var mask = new Mask(List.of(secret));

            assertThat(mask.apply("x " + secret + " y")).doesNotContain(secret);
            assertThat(mask.apply(URLEncoder.encode(secret, StandardCharsets.UTF_8)))
                    .isEqualTo("***");
            var encoded =
                    Base64.getEncoder().encodeToString((before + secret + after).getBytes(StandardCharsets.UTF_8));
            assertThat(mask.apply(encoded)).contains("***");
        }
    }

    private static String text(Random random, int length) {
        var letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/ &%$\"";
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    @Test
    void eachLineOfASecretIsHidden() {
        var mask = new Mask(List.of("-----BEGIN-----\nline-one-of-it\nline-two-of-it\n"));

        assertThat(mask.apply("| line-two-of-it")).isEqualTo("| ***");
    }

    @Test
    void shortValuesStayReadable() {
        assertThat(new Mask(List.of("on", "1")).apply("on 1")).isEqualTo("on 1");
    }

    @Test
    void nearNamesAreFound() {
        var names = List.of("instances", "environments", "port");
        assertThat(Near.of("instnaces", names)).contains("instances");
        assertThat(Near.of("prot", names)).contains("port");
        assertThat(Near.of("banana", names)).isEmpty();
    }
}
