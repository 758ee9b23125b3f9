package dev.johwa.lib.blob;

import java.util.regex.Pattern;

/// The SHA-256 of some bytes, written `sha256:` and 64 hex digits in lower case.
public record Digest(String text) implements Comparable<Digest> {
    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

    public Digest {
        if (!isDigest(text)) {
            throw new IllegalArgumentException("not a digest: " + text);
        }
    }

    public static boolean isDigest(String text) {
        return FORM.matcher(text).matches();
    }

    public String hex() {
        return text.substring("sha256:".length());
    }

    /// The first twelve hex digits, for people.
    public String shortened() {
        return hex().substring(0, 12);
    }

    @Override
    public int compareTo(Digest other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
