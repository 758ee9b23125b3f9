package dev.johwa.lib.text;

import dev.johwa.lib.blob.Digest;
import java.util.Locale;

/// A label of DNS for any text: lower case, other characters become `-`; one that was changed or cut ends in `-` and
/// six hex digits of the SHA-256 of the text, so that two texts never share a label by accident.
public final class HostLabel {
    private static final int LONGEST = 63;
    private static final int MARK = 7;

    private HostLabel() {}

    public static String of(String text) {
        var plain = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-").replaceAll("^-+", "");
        if (plain.equals(text) && text.length() <= LONGEST && !text.endsWith("-")) {
            return text;
        }
        var mark = "-" + Digest.of(text).hex().substring(0, MARK - 1);
        var cut = plain.substring(0, Math.min(plain.length(), LONGEST - MARK)).replaceAll("-+$", "");
        return (cut.isEmpty() ? "x" : cut) + mark;
    }
}
