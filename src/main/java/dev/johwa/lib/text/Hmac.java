package dev.johwa.lib.text;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA256: who has the key can make it of a text and tell whether it was made with it, and nobody else.
public final class Hmac {
    private static final String NAME = "HmacSHA256";

    private Hmac() {}

    /// 32 bytes.
    public static byte[] of(byte[] key, String text) {
        return of(key, text.getBytes(StandardCharsets.UTF_8));
    }

    /// 32 bytes.
    public static byte[] of(byte[] key, byte[] bytes) {
        try {
            var mac = Mac.getInstance(NAME);
            mac.init(new SecretKeySpec(key, NAME));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + NAME, e);
        }
    }
}
