package dev.johwa.serve.router.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is read from the head of a request.
final class RequestHead {
    private static final AsciiString REQUEST_ID = AsciiString.cached("x-request-id");
    private static final String GRPC = "application/grpc";
    private static final int LONGEST_ID = 128;
    /// Protocols that carry requests themselves: behind one of them an instance would answer what no guard, gate or
    /// limit has looked at.
    private static final Pattern CARRIES_REQUESTS = Pattern.compile("(?i)\\s*(?:h2c?|http|tls)\\b.*");

    private RequestHead() {}

    /// Host in lower case without port and final dot; empty when there is none.
    static String host(HttpHeaders headers) {
        var host = headers.get(HttpHeaderNames.HOST);
        if (host == null) {
            return "";
        }
        int colon = host.lastIndexOf(':');
        int end = colon > host.lastIndexOf(']') ? colon : host.length();
        if (end > 0 && host.charAt(end - 1) == '.') {
            end--;
        }
        return host.substring(0, end).toLowerCase(Locale.ROOT);
    }

    static boolean hasBody(HttpRequest request) {
        var headers = request.headers();
        var length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return length == null ? headers.contains(HttpHeaderNames.TRANSFER_ENCODING) : !length.equals("0");
    }

    /// Whether the protocol may change with the answer: never to one that carries requests, and never beside a body.
    static boolean isUpgrade(HttpRequest request) {
        var headers = request.headers();
        return headers.contains(HttpHeaderNames.UPGRADE)
                && request.protocolVersion().minorVersion() > 0
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && !hasBody(request)
                && headers.getAll(HttpHeaderNames.UPGRADE).stream()
                        .flatMap(value -> Stream.of(value.split(",", -1)))
                        .noneMatch(
                                protocol -> CARRIES_REQUESTS.matcher(protocol).matches());
    }

    /// Whether a request is a call of gRPC; not of those that were made for HTTP/1.1, as gRPC-Web.
    static boolean isCall(HttpRequest request) {
        var type = request.headers().get(HttpHeaderNames.CONTENT_TYPE);
        return type != null
                && type.startsWith(GRPC)
                && (type.length() == GRPC.length() || "+;".indexOf(type.charAt(GRPC.length())) >= 0);
    }

    /// Whether asking twice does what asking once does (RFC 9110 §9.2.2).
    static boolean isIdempotent(HttpMethod method) {
        return method.equals(HttpMethod.GET)
                || method.equals(HttpMethod.HEAD)
                || method.equals(HttpMethod.OPTIONS)
                || method.equals(HttpMethod.PUT)
                || method.equals(HttpMethod.DELETE);
    }

    /// The id that the client gave, when it is a sound one.
    static @Nullable String givenId(HttpHeaders headers) {
        var id = headers.get(REQUEST_ID);
        if (id == null || id.isEmpty() || id.length() > LONGEST_ID) {
            return null;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-_.:".indexOf(c) >= 0)) {
                return null;
            }
        }
        return id;
    }
}
