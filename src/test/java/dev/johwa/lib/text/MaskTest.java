package dev.johwa.lib.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.json.Json;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MaskTest {
    private static final String LETTERS =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/ &%$\"\\\t(~!é한";

    @Test
    void noFormOfASecretIsLeft() {
        var random = new Random(7);
        for (int round = 0; round < 500; round++) {
            var secret = text(random, 8 + random.nextInt(30));
            var before = text(random, random.nextInt(5));
            var after = text(random, random.nextInt(5));
            var mask = new Mask(List.of(secret));

            assertThat(mask.apply("x " + secret + " y")).isEqualTo("x *** y");
            var url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
            for (var form : List.of(url, url.replace("+", "%20"), url.replace("%2F", "/"), lower(url))) {
                assertThat(mask.apply(form)).isEqualTo("***");
            }
            assertThat(mask.apply(Json.write(secret))).isEqualTo("\"***\"");
            assertThat(mask.apply(Json.write(secret).replace("/", "\\/"))).isEqualTo("\"***\"");
            assertThat(mask.apply(ascii(Json.write(secret)))).isEqualTo("\"***\"");
            var encoded =
                    Base64.getEncoder().encodeToString((before + secret + after).getBytes(StandardCharsets.UTF_8));
            assertThat(mask.apply(encoded)).contains("***");
        }
    }

    private static String lower(String url) {
        return Pattern.compile("%..")
                .matcher(url)
                .replaceAll(match -> match.group().toLowerCase(Locale.ROOT));
    }

    private static String ascii(String json) {
        var text = new StringBuilder();
        json.chars()
                .forEach(each -> text.append(each < 0x7f ? Character.toString(each) : String.format("\\u%04x", each)));
        return text.toString();
    }

    private static String text(Random random, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString().strip() + "x".repeat(text.toString().isBlank() ? length : 0);
    }

    @Test
    void eachLineOfASecretIsHidden() {
        var mask = new Mask(List.of("-----BEGIN-----\nline-one-of-it\nline-two-of-it\n"));

        assertThat(mask.apply("| line-two-of-it")).isEqualTo("| ***");
    }

    @Test
    void base64ThatIsBrokenIntoLinesIsHiddenLineByLine() {
        var secret = "a-key-with-many-characters ".repeat(9);
        var mask = new Mask(List.of(secret));

        for (int length : new int[] {64, 76}) {
            var text = Base64.getMimeEncoder(length, new byte[] {'\n'})
                    .encodeToString(secret.getBytes(StandardCharsets.UTF_8));
            assertThat(text.lines().filter(line -> line.length() > 4).map(mask::apply))
                    .allMatch(line -> line.matches("\\*\\*\\*=*"));
        }
    }

    @Test
    void secretsThatOverlapAreHiddenTogether() {
        assertThat(new Mask(List.of("abcdef", "defghi")).apply("<abcdefghi>")).isEqualTo("<***>");
    }

    @Test
    void shortValuesStayReadable() {
        assertThat(new Mask(List.of("on", "1")).apply("on 1")).isEqualTo("on 1");
    }

    @Test
    void aLongLineInPiecesShowsNoPartOfASecretAtABorder() {
        var random = new Random(20261125);
        for (int round = 0; round < 400; round++) {
            var secrets = List.of(text(random, 8 + random.nextInt(20)), text(random, 8 + random.nextInt(60)));
            var mask = new Mask(secrets);
            var line = text(random, 40)
                    + secrets.get(random.nextInt(2))
                    + text(random, 40)
                    + Json.write(secrets.get(0))
                    + text(random, 9)
                    + secrets.get(1);
            var bytes = line.getBytes(StandardCharsets.UTF_8);

            assertThat(String.join("", forward(bytes, 5 + random.nextInt(20), mask)))
                    .isEqualTo(mask.apply(line));
            assertThat(String.join("", backward(bytes, 5 + random.nextInt(20), mask)))
                    .isEqualTo(mask.apply(line));
        }
    }

    /// As one that reads on takes it, so many bytes at a time.
    private static List<String> forward(byte[] bytes, int lot, Mask mask) {
        var told = new ArrayList<String>();
        var carry = new ByteArrayOutputStream();
        for (int at = 0; at < bytes.length; at += lot) {
            carry.write(bytes, at, Math.min(lot, bytes.length - at));
            var piece = Piece.ofBeginning(carry.toByteArray(), mask);
            told.add(mask.apply(piece.text()));
            carry.reset();
            carry.writeBytes(piece.rest());
        }
        told.add(mask.apply(carry.toString(StandardCharsets.UTF_8)));
        return told;
    }

    private static List<String> backward(byte[] bytes, int lot, Mask mask) {
        var told = new ArrayList<String>();
        var carry = new byte[0];
        for (int end = bytes.length; end > 0; end -= lot) {
            var more = Arrays.copyOfRange(bytes, Math.max(0, end - lot), end);
            var both = Arrays.copyOf(more, more.length + carry.length);
            System.arraycopy(carry, 0, both, more.length, carry.length);
            var piece = Piece.ofEnd(both, mask);
            told.addFirst(mask.apply(piece.text()));
            carry = piece.rest();
        }
        told.addFirst(mask.apply(new String(carry, StandardCharsets.UTF_8)));
        return told;
    }

    @Test
    void nearNamesAreFound() {
        var names = List.of("instances", "environments", "port");
        assertThat(Near.of("instnaces", names)).contains("instances");
        assertThat(Near.of("prot", names)).contains("port");
        assertThat(Near.of("banana", names)).isEmpty();
    }
}
