package dev.johwa.serve.router.proxy;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import io.netty.util.AsciiString;
import java.util.HexFormat;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Heads of HTTP/2 as the objects of HTTP/1.1, and back (RFC 9113 §8).
final class StreamHeads {
    private StreamHeads() {}

    /// A request as HTTP/1.1 would say it, for a connection that ends with its answer, as a stream does.
    ///
    /// @param isWhole whether no body follows
    /// @return null when the head is malformed
    static @Nullable HttpRequest request(Http2Headers head, boolean isWhole, Limits limits) {
        var method = head.method();
        var path = head.path();
        boolean isConnect = HttpMethod.CONNECT.asciiName().contentEquals(method == null ? "" : method);
        if (method == null || method.isEmpty() || !isConnect && (path == null || path.isEmpty())) {
            return null;
        }
        if (isConnect == (head.scheme() != null) || !areOfRequest(head)) {
            return null;
        }
        var headers = new DefaultHttpHeaders(false);
        var authority = head.authority();
        boolean isOfOneHost = passFields(head, headers, authority);
        if (!isWhole && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        var uri = path == null ? "" : path.toString();
        var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method.toString()), uri, headers);
        if (uri.length() > limits.lineBytes()) {
            request.setDecoderResult(DecoderResult.failure(new TooLongHttpLineException()));
        } else if (!isOfOneHost) {
            request.setDecoderResult(
                    DecoderResult.failure(new IllegalArgumentException("host and :authority name two hosts")));
        }
        return request;
    }

    /// @return whether host and authority, where both are given, are the same
    private static boolean passFields(Http2Headers head, HttpHeaders headers, @Nullable CharSequence authority) {
        if (authority != null) {
            headers.set(HttpHeaderNames.HOST, authority);
        }
        boolean isSame = true;
        StringBuilder cookies = null;
        for (var field : head) {
            var name = field.getKey();
            var value = field.getValue();
            if (PseudoHeaderName.hasPseudoHeaderFormat(name)) {
                continue;
            }
            if (authority != null && HttpHeaderNames.HOST.contentEquals(name)) {
                isSame &= AsciiString.contentEqualsIgnoreCase(authority, value);
            } else if (HttpHeaderNames.COOKIE.contentEquals(name)) {
                // Clients may send each on its own, so that fewer bytes change from one request to the next (§8.2.3).
                cookies = cookies == null ? new StringBuilder() : cookies.append("; ");
                cookies.append(value);
            } else {
                headers.add(name, value);
            }
        }
        if (cookies != null) {
            headers.set(HttpHeaderNames.COOKIE, cookies);
        }
        return isSame;
    }

    /// Whether the pseudo-fields are those of a request, each said once.
    private static boolean areOfRequest(Http2Headers head) {
        int seen = 0;
        for (var field : head) {
            var name = field.getKey();
            if (!PseudoHeaderName.hasPseudoHeaderFormat(name)) {
                continue;
            }
            var known = PseudoHeaderName.getPseudoHeader(name);
            if (known == null || known == PseudoHeaderName.STATUS || (seen & 1 << known.ordinal()) != 0) {
                return false;
            }
            seen |= 1 << known.ordinal();
        }
        return true;
    }

    private static boolean hasPseudo(Http2Headers head) {
        for (var field : head) {
            if (PseudoHeaderName.hasPseudoHeaderFormat(field.getKey())) {
                return true;
            }
        }
        return false;
    }

    /// A part of a body.
    static HttpContent part(Http2DataFrame frame) {
        var bytes = frame.content();
        return frame.isEndStream() ? new DefaultLastHttpContent(bytes) : new DefaultHttpContent(bytes);
    }

    /// The end of a body, with the fields after it.
    ///
    /// @return null when they are malformed
    static @Nullable LastHttpContent last(Http2Headers tail) {
        if (hasPseudo(tail)) {
            return null;
        }
        var last = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
        tail.forEach(field -> last.trailingHeaders().add(field.getKey(), field.getValue()));
        return last;
    }

    static Http2Headers trailers(HttpHeaders tail) {
        var headers = new DefaultHttp2Headers(false);
        tail.iteratorCharSequence().forEachRemaining(field -> headers.add(lower(field.getKey()), field.getValue()));
        return headers;
    }

    /// An answer, without what was for the hop from the instance to us.
    static Http2Headers answer(HttpResponse response) {
        var headers = new DefaultHttp2Headers(false);
        headers.status(response.status().codeAsText());
        pass(response.headers(), headers, name -> true);
        return headers;
    }

    /// An answer of an instance as HTTP/1.1 would say it, on a connection that ends with it.
    ///
    /// @return null when it is malformed
    static @Nullable HttpResponse answer(Http2Headers head) {
        var status = head.status();
        if (status == null || status.length() != 3 || !isNumber(status)) {
            return null;
        }
        var headers = new DefaultHttpHeaders(false);
        for (var field : head) {
            if (!PseudoHeaderName.hasPseudoHeaderFormat(field.getKey())) {
                headers.add(field.getKey(), field.getValue());
            }
        }
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return new DefaultHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(Integer.parseInt(status.toString())), headers);
    }

    private static boolean isNumber(CharSequence text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// A request to an instance, with what says for whom we ask.
    static Http2Headers request(HttpRequest request, Exchange asking) {
        var headers = new DefaultHttp2Headers(false);
        headers.method(request.method().asciiName()).scheme("http").path(request.uri());
        headers.authority(request.headers().get(HttpHeaderNames.HOST, ""));
        pass(
                request.headers(),
                headers,
                name -> !Fields.areOurs(name) && !HttpHeaderNames.HOST.contentEqualsIgnoreCase(name));
        asking.forwarded().fields().forEach(field -> headers.add(lower(field.getKey()), field.getValue()));
        headers.set("x-request-id", idOf(asking));
        // Servers of gRPC refuse to answer whoever does not say that trailers are read.
        headers.set(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS);
        return headers;
    }

    /// The client's id, or ours.
    private static String idOf(Exchange asking) {
        var given = asking.givenId();
        return given == null ? HexFormat.of().toHexDigits(asking.id()) : given;
    }

    private static void pass(HttpHeaders from, Http2Headers to, Predicate<CharSequence> wanted) {
        var named = Fields.named(from);
        var fields = from.iteratorCharSequence();
        while (fields.hasNext()) {
            var field = fields.next();
            var name = field.getKey();
            boolean isFraming = HttpHeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(name);
            if (!isFraming && wanted.test(name) && !Fields.endHere(name) && !Fields.isNamed(named, name)) {
                to.add(lower(name), field.getValue());
            }
        }
    }

    private static CharSequence lower(CharSequence name) {
        return AsciiString.of(name).toLowerCase();
    }
}
