package dev.johwa.serve.router;

import dev.johwa.lib.text.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// What lets somebody in at a guarded route: made by the control plane or the edge, checked by the edge alone. A key
/// is of one route, so a pass of another is none.
///
/// @param subject who it is: whoever the route lets in, see [RoutingTable.Guard]
/// @param until in seconds of the epoch
/// @param nonce tells two passes apart
public record Pass(Kind kind, String subject, long until, String nonce) {
    /// What a browser keeps.
    public static final String COOKIE = "johwa-preview";
    /// In an address, or as a header of a program: a ticket or the token of a link.
    public static final String SHARE = "johwa-share";
    /// The platform itself, which looks whether a release answers.
    public static final String PLATFORM = "platform";
    /// How long somebody stays in.
    public static final long VISIT_SECONDS = 12 * 60 * 60;

    private static final String BETWEEN = "~";
    private static final int PARTS = 5;

    /// What it is for.
    public enum Kind {
        /// From the log-in to the preview: once, and within a minute.
        TICKET,
        /// As long as it holds.
        VISIT
    }

    /// @param key of the route, in Base64
    public String signed(String key) {
        var text = String.join(BETWEEN, kind.name(), subject, Long.toString(until), nonce);
        return text + BETWEEN + mac(key, text);
    }

    private static String mac(String key, String text) {
        var mac = Hmac.of(Base64.getDecoder().decode(key), text);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }

    /// The pass of this text, when it was signed with the key and still holds.
    public static Optional<Pass> read(String text, String key, Instant now) {
        var parts = text.split(BETWEEN, -1);
        int end = text.lastIndexOf(BETWEEN);
        if (parts.length != PARTS || !isEqual(parts[PARTS - 1], mac(key, text.substring(0, end)))) {
            return Optional.empty();
        }
        var pass = new Pass(Kind.valueOf(parts[0]), parts[1], Long.parseLong(parts[2]), parts[3]);
        return Optional.of(pass).filter(known -> known.until() > now.getEpochSecond());
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
