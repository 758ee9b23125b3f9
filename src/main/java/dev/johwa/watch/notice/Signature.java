package dev.johwa.watch.notice;

import dev.johwa.lib.text.Hmac;
import java.time.Instant;
import java.util.Base64;

/// Signs a webhook, version 1 of Standard Webhooks.
final class Signature {
    static final String PREFIX = "whsec_";

    private Signature() {}

    /// @param secret with its prefix
    static String of(String secret, String id, Instant at, String body) {
        var key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
        return "v1," + Base64.getEncoder().encodeToString(Hmac.of(key, id + "." + at.getEpochSecond() + "." + body));
    }
}
