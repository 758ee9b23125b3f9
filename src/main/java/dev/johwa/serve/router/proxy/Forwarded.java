package dev.johwa.serve.router.proxy;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/// Says for whom we ask: `Forwarded` (RFC 7239) and the fields that were usual before it; made once for all requests
/// that somebody makes to one host on a connection.
final class Forwarded {
    private final Asker asker;
    private final String host;
    private final HttpHeaders fields = new DefaultHttpHeaders();
    private final byte[] lines;

    /// @param host as it was asked for; empty for none
    Forwarded(Asker asker, String host) {
        this.asker = asker;
        this.host = host;
        var remote = asker.remote();
        var node = remote.contains(":") ? "\"[" + remote + "]\"" : remote;
        var scheme = asker.isSecure() ? "https" : "http";
        fields.set("X-Forwarded-For", remote).set("X-Forwarded-Proto", scheme).set("X-Real-Ip", remote);
        if (!host.isEmpty()) {
            fields.set("X-Forwarded-Host", host);
        }
        fields.set("Forwarded", "for=" + node + (host.isEmpty() ? "" : ";host=\"" + host + "\"") + ";proto=" + scheme);
        var text = new StringBuilder();
        fields.forEach(field -> text.append(field.getKey())
                .append(": ")
                .append(field.getValue())
                .append("\r\n"));
        lines = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    boolean isFor(Asker other, String asked) {
        return host.equals(asked) && asker.equals(other);
    }

    HttpHeaders fields() {
        return fields;
    }

    /// The same as they stand in a head of HTTP/1.1.
    byte[] lines() {
        return lines;
    }
}
