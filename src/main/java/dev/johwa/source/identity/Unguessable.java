package dev.johwa.source.identity;

import java.security.SecureRandom;
import java.util.Base64;

/// Words that nobody guesses.
public final class Unguessable {
    private static final int BYTES = 32;

    private Unguessable() {}

    /// Of 256 bits, good in addresses, headers and cookies.
    public static String text() {
        return text(BYTES);
    }

    static String text(int count) {
        var bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(bytes)
                .replace('-', 'a')
                .replace('_', 'b');
    }
}
