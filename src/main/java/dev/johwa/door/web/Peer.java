package dev.johwa.door.web;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// Who is at the other end of a connection.
final class Peer {
    private Peer() {}

    /// Whether the connection comes from this machine, and so perhaps from our edge: what it says of its client is
    /// believed.
    static boolean isOurs(Context context) {
        try {
            return InetAddress.getByName(context.req().getRemoteAddr()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /// From this machine and not through a proxy.
    static boolean isLocal(Context context) {
        return context.header("X-Forwarded-For") == null && context.header("Forwarded") == null && isOurs(context);
    }

    /// Through our edge, or another proxy of this machine, which asked first whether the client may come.
    static boolean isBehindEdge(Context context) {
        return context.header("X-Forwarded-For") != null && isOurs(context);
    }

    /// Whether the client reached us through TLS, also by our edge.
    static boolean isEncrypted(Context context) {
        return "https".equals(context.header("X-Forwarded-Proto"))
                || context.req().isSecure();
    }

    /// Of the client, also behind our edge.
    static String address(Context context) {
        var forwarded = isOurs(context) ? context.header("X-Forwarded-For") : null;
        return forwarded == null ? context.req().getRemoteAddr() : forwarded;
    }
}
