package dev.johwa.lib.text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The forms in which programs write the same text.
final class Encodings {
    private static final Pattern PERCENT = Pattern.compile("%[0-9A-F]{2}");
    /// Lengths at which base64 is broken into lines: by MIME and `base64`, by PEM and `openssl`.
    private static final List<Integer> LINES = List.of(76, 64);

    private Encodings() {}

    static Stream<String> of(String text) {
        return Stream.of(Stream.of(text), urls(text), json(text), base64(text)).flatMap(forms -> forms);
    }

    /// As forms, paths and scripts encode, with digits of either case.
    private static Stream<String> urls(String text) {
        var form = URLEncoder.encode(text, StandardCharsets.UTF_8);
        var strict = form.replace("+", "%20");
        var script = strict.replace("%21", "!")
                .replace("%27", "'")
                .replace("%28", "(")
                .replace("%29", ")")
                .replace("%7E", "~");
        return Stream.of(form, strict, script)
                .flatMap(each -> Stream.of(each, each.replace("%2F", "/")))
                .flatMap(each -> Stream.of(each, lower(each)));
    }

    private static String lower(String encoded) {
        return PERCENT.matcher(encoded).replaceAll(match -> match.group().toLowerCase(Locale.ROOT));
    }

    private static Stream<String> json(String text) {
        var plain = new StringBuilder();
        var ascii = new StringBuilder();
        for (char each : text.toCharArray()) {
            var escaped = escaped(each);
            plain.append(escaped);
            ascii.append(each < 0x7f || escaped.length() > 1 ? escaped : unicode(each));
        }
        return Stream.of(plain.toString(), ascii.toString()).flatMap(each -> Stream.of(each, each.replace("/", "\\/")));
    }

    private static String escaped(char each) {
        return switch (each) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            default -> each < ' ' ? unicode(each) : Character.toString(each);
        };
    }

    private static String unicode(char each) {
        return String.format(Locale.ROOT, "\\u%04x", (int) each);
    }

    private static Stream<String> base64(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return Stream.of(Base64.getEncoder(), Base64.getUrlEncoder())
                .flatMap(encoder -> Stream.concat(
                        Stream.of(0, 1, 2).map(shift -> shifted(encoder, bytes, shift)), lines(encoder, bytes)));
    }

    /// The part of the encoding that does not depend on the bytes around the text.
    private static String shifted(Base64.Encoder encoder, byte[] bytes, int shift) {
        var shifted = new byte[bytes.length + shift];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        var text = encoder.withoutPadding().encodeToString(shifted);
        int start = shift == 0 ? 0 : shift + 1;
        int end = text.length() - (shifted.length % 3 == 0 ? 0 : 1);
        return end > start ? text.substring(start, end) : "";
    }

    /// A long text that was encoded by itself, broken into lines.
    private static Stream<String> lines(Base64.Encoder encoder, byte[] bytes) {
        var text = encoder.withoutPadding().encodeToString(bytes);
        return LINES.stream()
                .filter(length -> text.length() > length)
                .flatMap(length -> Pattern.compile("(?<=\\G.{" + length + "})").splitAsStream(text));
    }
}
