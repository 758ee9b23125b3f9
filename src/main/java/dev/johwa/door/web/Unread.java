package dev.johwa.door.web;

import dev.johwa.lib.clock.Clock;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a client still sends when its request is refused already. Closing at once would take the answer away from it
/// (the kernel resets the connection), so what is announced and small is read and thrown away first.
final class Unread {
    private static final Logger LOG = LoggerFactory.getLogger(Unread.class);
    private static final long MOST_BYTES = 32L << 20;
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int PIECE = 64 * 1024;

    private Unread() {}

    static void discard(HttpServletRequest request, Clock clock) {
        long length = request.getContentLengthLong();
        // Who waits for our word before sending gets it by the answer; reading would tell them to send.
        if (length < 0 || length > MOST_BYTES || request.getHeader("Expect") != null) {
            return;
        }
        long deadline = clock.ticks() + LONGEST.toNanos();
        var piece = new byte[PIECE];
        try {
            var input = request.getInputStream();
            for (int read = 0; read >= 0 && clock.ticks() < deadline; ) {
                read = input.read(piece);
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("path={} client gone: {}", request.getRequestURI(), e.toString());
        }
    }
}
