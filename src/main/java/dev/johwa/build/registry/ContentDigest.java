package dev.johwa.build.registry;

import dev.johwa.lib.blob.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The digest by which a client knows some bytes, `sha256:…` or `sha512:…`; in the store they lie under their SHA-256.
public record ContentDigest(String text) {
    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");

    /// @throws dev.johwa.lib.problem.ProblemException DIGEST_INVALID
    public ContentDigest {
        if (!FORM.matcher(text).matches()) {
            throw Refusal.DIGEST_INVALID
                    .problem("'" + (text.length() > 150 ? text.substring(0, 150) + "…" : text) + "' is no digest")
                    .hint("write sha256: and 64, or sha512: and 128 hex digits in lower case")
                    .exception();
        }
    }

    static ContentDigest of(Digest digest) {
        return new ContentDigest(digest.text());
    }

    static ContentDigest of(byte[] bytes, boolean isSha512) {
        var hash = isSha512 ? sha512() : Digest.sha256();
        hash.update(bytes);
        return of(hash, isSha512);
    }

    static ContentDigest of(MessageDigest hash, boolean isSha512) {
        return new ContentDigest(
                (isSha512 ? "sha512:" : "sha256:") + HexFormat.of().formatHex(hash.digest()));
    }

    boolean isSha512() {
        return text.startsWith("sha512:");
    }

    static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-512", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
