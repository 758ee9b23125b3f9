package dev.johwa.lib.blob;

/// The SHA-256 of some bytes, written `sha256:` and 64 hex digits in lower case.
public record Digest(String text) implements Comparable<Digest> {
    public Digest {
        if (!text.matches("sha256:[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a digest: " + text);
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
