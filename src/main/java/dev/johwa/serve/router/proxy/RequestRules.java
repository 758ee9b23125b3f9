package dev.johwa.serve.router.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Which requests are refused before anybody looks at them.
final class RequestRules {
    private static final String ONE_HOST = "A request needs exactly one sound Host.";

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
}
