package dev.johwa.watch.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The name that a client gave to a lot of records, so that a lot that it sends again is kept once. It is kept as the
/// first half of a SHA-256 of tag and name.
public record Chunk(long high, long low) {
    /// @param name byte for byte
    public static Chunk of(String tag, byte[] name) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(tag.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            var sum = ByteBuffer.wrap(digest.digest(name));
            return new Chunk(sum.getLong(), sum.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
