package dev.johwa.lib.text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// Hides secrets in text: as they are, in base64 (at each of its three shifts), URL-encoded and as JSON writes them;
/// of secrets with several lines, each line. Values shorter than [#SHORTEST] are not hidden, since they would hide half
/// of every text. Safe for use by many threads.
public final class Mask implements UnaryOperator<String> {
    /// Shorter values are no secrets.
    public static final int SHORTEST = 4;

    private static final String HIDDEN = "***";

    private final List<String> forms;

    public Mask(Collection<String> secrets) {
        var all = new TreeSet<String>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        for (var secret : secrets) {
            add(all, secret);
            secret.lines().map(String::strip).forEach(line -> add(all, line));
        }
        this.forms = List.copyOf(all);
    }

    private static void add(TreeSet<String> all, String secret) {
        if (secret.length() < SHORTEST) {
            return;
        }
        all.add(secret);
        all.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        all.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
        all.add(secret.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t"));
        var bytes = secret.getBytes(StandardCharsets.UTF_8);
        for (int shift = 0; shift < 3; shift++) {
            addBase64(all, bytes, shift);
        }
    }

    /// The part of the encoding that does not depend on the bytes around the secret.
    private static void addBase64(TreeSet<String> all, byte[] bytes, int shift) {
        var shifted = new byte[bytes.length + shift];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        for (var encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            var text = encoder.withoutPadding().encodeToString(shifted);
            int start = shift == 0 ? 0 : shift + 1;
            int end = text.length() - (shifted.length % 3 == 0 ? 0 : 1);
            if (end - start >= SHORTEST) {
                all.add(text.substring(start, end));
            }
        }
    }

    @Override
    public String apply(String text) {
        var masked = text;
        for (var form : forms) {
            if (masked.contains(form)) {
                masked = masked.replace(form, HIDDEN);
            }
        }
        return masked;
    }
}
