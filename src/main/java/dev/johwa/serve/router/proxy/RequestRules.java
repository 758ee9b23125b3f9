package dev.johwa.serve.router.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which requests are refused before anybody looks at them, and what is read from a head.
final class RequestRules {
    private static final AsciiString REQUEST_ID = AsciiString.cached("x-request-id");
    private static final String GRPC = "application/grpc";
    private static final String ONE_HOST = "A request needs exactly one sound Host.";
    private static final int LONGEST_ID = 128;
    /// Protocols that carry requests themselves: behind one of them an instance would answer what no guard, gate or
    /// limit has looked at.
    private static final Pattern CARRIES_REQUESTS = Pattern.compile("(?i)\\s*(?:h2c?|http|tls)\\b.*");

    private RequestRules() {}

    /// Why a request is refused.
    record Refusal(int status, String text) {}

    /// Looks at a head, and gives its target and host one form: `http://host/path` becomes a path and a Host.
    ///
    /// @return null when it is sound
    static @Nullable Refusal look(HttpRequest request, Limits limits) {
        var result = request.decoderResult();
        if (result.isFailure()) {
            return unreadable(result.cause());
        }
        if (request.protocolVersion().majorVersion() != 1) {
            return new Refusal(505, "Only HTTP/1.0 and HTTP/1.1 are spoken here.");
        }
        var method = request.method();
        if (method.equals(HttpMethod.CONNECT) || method.equals(HttpMethod.TRACE)) {
            return new Refusal(405, method + " is not answered here.");
        }
        var refusal = target(request);
        return refusal == null ? fields(request, limits) : refusal;
    }

    private static Refusal unreadable(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new Refusal(414, "The address is too long.");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new Refusal(431, "The head of the request is too large.");
        }
        return new Refusal(400, "The request is not sound HTTP: " + cause.getMessage() + ".");
    }

    private static @Nullable Refusal target(HttpRequest request) {
        var uri = request.uri();
        if (!uri.startsWith("/")) {
            if (uri.regionMatches(true, 0, "http://", 0, 7)) {
                int slash = uri.indexOf('/', 7);
                var host = uri.substring(7, slash < 0 ? uri.length() : slash);
                if (!HostField.isSound(host)
                        || request.headers().getAll(HttpHeaderNames.HOST).size() > 1) {
                    return new Refusal(400, ONE_HOST);
                }
                request.headers().set(HttpHeaderNames.HOST, host);
                uri = slash < 0 ? "/" : uri.substring(slash);
                request.setUri(uri);
            } else if (!uri.equals("*") || !request.method().equals(HttpMethod.OPTIONS)) {
                return new Refusal(400, "The address of the request is not sound.");
            }
        }
        boolean plain = true;
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c <= ' ' || c == 127) {
                return new Refusal(400, "The address of the request is not sound.");
            }
            plain &= c < 127;
        }
        if (!plain) {
            request.setUri(percentEncoded(uri));
        }
        return null;
    }

    /// Programs send bytes beyond ASCII as they are; browsers encode them, and so do we.
    private static String percentEncoded(String uri) {
        var text = new StringBuilder();
        for (byte b : uri.getBytes(StandardCharsets.ISO_8859_1)) {
            if (b < 0) {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            } else {
                text.append((char) b);
            }
        }
        return text.toString();
    }

    private static @Nullable Refusal fields(HttpRequest request, Limits limits) {
        var headers = request.headers();
        boolean isOld = request.protocolVersion().minorVersion() == 0;
        var host = headers.get(HttpHeaderNames.HOST);
        if (host == null ? !isOld : !HostField.isSound(host) || isSaidTwice(headers, HttpHeaderNames.HOST)) {
            return new Refusal(400, ONE_HOST);
        }
        var coding = headers.get(HttpHeaderNames.TRANSFER_ENCODING);
        if (coding != null) {
            if (isOld || headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
                return new Refusal(400, "Transfer-Encoding is not allowed here.");
            }
            if (isSaidTwice(headers, HttpHeaderNames.TRANSFER_ENCODING) || !coding.equalsIgnoreCase("chunked")) {
                return new Refusal(501, "Of transfer codings only 'chunked' is known here.");
            }
        }
        if (limits.bodyBytes() > 0 && HttpUtil.getContentLength(request, 0L) > limits.bodyBytes()) {
            return new Refusal(413, tooLarge(limits.bodyBytes()));
        }
        return null;
    }

    private static boolean isSaidTwice(HttpHeaders headers, CharSequence name) {
        var values = headers.valueCharSequenceIterator(name);
        values.next();
        return values.hasNext();
    }

    static String tooLarge(long most) {
        return "The body is larger than " + most + " bytes.";
    }

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
