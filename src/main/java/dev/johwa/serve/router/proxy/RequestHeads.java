package dev.johwa.serve.router.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/// What a proxy does to the heads that pass it (RFC 9110 §7.6): takes away what is meant for one hop, says for whom it
/// asks.
final class RequestHeads {
    private static final List<AsciiString> ONE_HOP = List.of(
            HttpHeaderNames.CONNECTION,
            AsciiString.cached("keep-alive"),
            HttpHeaderNames.PROXY_AUTHENTICATE,
            HttpHeaderNames.PROXY_AUTHORIZATION,
            AsciiString.cached("proxy-connection"),
            HttpHeaderNames.TE,
            HttpHeaderNames.UPGRADE);
    private static final AsciiString FORWARDED_FOR = AsciiString.cached("x-forwarded-for");
    private static final AsciiString FORWARDED_PROTO = AsciiString.cached("x-forwarded-proto");
    private static final AsciiString FORWARDED_HOST = AsciiString.cached("x-forwarded-host");
    private static final AsciiString FORWARDED_PORT = AsciiString.cached("x-forwarded-port");
    private static final AsciiString FORWARDED = AsciiString.cached("forwarded");
    private static final AsciiString REAL_IP = AsciiString.cached("x-real-ip");
    private static final AsciiString REQUEST_ID = AsciiString.cached("x-request-id");

    private RequestHeads() {}

    /// Why a request is refused with 400; empty when it is sound.
    static String unsound(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return "the request is not sound HTTP";
        }
        var headers = request.headers();
        var hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1 || hosts.isEmpty() && request.protocolVersion().minorVersion() > 0) {
            return "a request needs exactly one Host";
        }
        boolean chunked = headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
        if (chunked && headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            return "Transfer-Encoding and Content-Length exclude each other";
        }
        if (chunked && request.protocolVersion().minorVersion() == 0) {
            return "Transfer-Encoding needs HTTP/1.1";
        }
        if (headers.getAll(HttpHeaderNames.CONTENT_LENGTH).size() > 1) {
            return "there are several Content-Length";
        }
        return "";
    }

    static boolean isUpgrade(HttpMessage message) {
        var headers = message.headers();
        return headers.contains(HttpHeaderNames.UPGRADE)
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
    }

    static void forward(HttpRequest request, String remote, boolean upgrade) {
        var headers = request.headers();
        var protocol = upgrade ? headers.get(HttpHeaderNames.UPGRADE) : null;
        dropOneHop(headers);
        if (protocol != null) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
            headers.set(HttpHeaderNames.UPGRADE, protocol);
        }
        var host = headers.get(HttpHeaderNames.HOST, "");
        headers.set(FORWARDED_FOR, remote);
        headers.set(FORWARDED_PROTO, "http");
        headers.set(FORWARDED_HOST, host);
        headers.remove(FORWARDED_PORT);
        headers.set(
                FORWARDED,
                "for=" + (remote.contains(":") ? "\"[" + remote + "]\"" : remote) + ";host=\""
                        + host.replaceAll("[\\\\\"]", "") + "\";proto=http");
        headers.set(REAL_IP, remote);
        if (!isGoodId(headers.get(REQUEST_ID))) {
            headers.set(REQUEST_ID, Long.toHexString(ThreadLocalRandom.current().nextLong()));
        }
    }

    private static boolean isGoodId(@org.jspecify.annotations.Nullable String id) {
        if (id == null || id.isEmpty() || id.length() > 128) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (!(c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '-'
                    || c == '_'
                    || c == '.')) {
                return false;
            }
        }
        return true;
    }

    static void dropOneHop(HttpHeaders headers) {
        var connection = headers.get(HttpHeaderNames.CONNECTION);
        if (connection != null && !isUsual(connection)) {
            for (var name : connection.split(",")) {
                var plain = name.strip().toLowerCase(Locale.ROOT);
                if (!plain.isEmpty() && !plain.equals("close") && isDroppable(plain)) {
                    headers.remove(plain);
                }
            }
        }
        for (int i = 0; i < ONE_HOP.size(); i++) {
            headers.remove(ONE_HOP.get(i));
        }
    }

    private static boolean isUsual(String connection) {
        return connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close");
    }

    private static boolean isDroppable(String name) {
        return !List.of("host", "content-length", "transfer-encoding", "authorization", "cookie")
                .contains(name);
    }

    /// Host in lower case without port.
    static String host(HttpRequest request) {
        var host = request.headers().get(HttpHeaderNames.HOST, "");
        int colon = host.lastIndexOf(':');
        var plain = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
        return plain.endsWith(".")
                ? plain.substring(0, plain.length() - 1).toLowerCase(Locale.ROOT)
                : plain.toLowerCase(Locale.ROOT);
    }

    static boolean hasBody(HttpRequest request) {
        return HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) > 0;
    }
}
