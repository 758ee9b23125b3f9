package dev.johwa.serve.router.proxy;

import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// For whom a connection asks, one request after another: for its peer, or whom the proxy at its other end names.
final class Askers {
    private Asker peer;
    private Asker now;
    private @Nullable Forwarded forwarded;

    /// @param isSecure whether the connection is encrypted
    Askers(boolean isSecure) {
        this.peer = new Asker("unknown", isSecure);
        this.now = peer;
    }

    void connected(InetSocketAddress address) {
        peer = new Asker(address.getAddress().getHostAddress(), peer.isSecure());
        now = peer;
    }

    void begin(HttpRequest request, Proxies proxies) {
        now = proxies.asker(peer, request.headers());
    }

    /// Of the request that was begun last.
    Asker now() {
        return now;
    }

    /// Says for whom we ask.
    Forwarded forwarded(String host) {
        var known = forwarded;
        if (known == null || !known.isFor(now, host)) {
            known = new Forwarded(now, host);
            forwarded = known;
        }
        return known;
    }
}
