package dev.johwa.lib.blob;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

    /// Of a text, as UTF-8.
    public static Digest of(String text) {
        var hash = sha256();
        hash.update(text.getBytes(StandardCharsets.UTF_8));
        return of(hash);
    }

    /// Of all that went into it; it begins anew.
    public static Digest of(MessageDigest sha256) {
        return new Digest("sha256:" + HexFormat.of().formatHex(sha256.digest()));
    }

    /// For bytes that come piece by piece.
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
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
