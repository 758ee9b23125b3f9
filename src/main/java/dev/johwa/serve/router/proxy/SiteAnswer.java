package dev.johwa.serve.router.proxy;

import dev.johwa.lib.site.Field;
import dev.johwa.serve.router.proxy.SiteFile.Copy;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The answer that shows a file, made once: its head, and its bytes where they are few. Used by one event loop.
final class SiteAnswer {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final int SMALL = 64 << 10;

    private final SiteFile file;
    private final Copy copy;
    private final HttpResponseStatus status;
    private final HttpHeaders headers;
    private final String tag;
    private final String date;
    private final byte @Nullable [] bytes;
    private final long sizeOfFields;

    SiteAnswer(SiteFiles.Found.Page page, Copy copy, Visit visit) throws IOException {
        this.file = page.file();
        this.copy = copy;
        this.status = HttpResponseStatus.valueOf(page.status());
        this.tag = "\"" + file.mark() + (copy.coding().isEmpty() ? "" : "-" + copy.coding()) + "\"";
        this.date = HTTP_DATE.format(Instant.ofEpochMilli(file.modified()));
        this.headers = headers();
        var fields = visit.fields();
        fields.forEach(this::put);
        this.sizeOfFields = fields.stream()
                .mapToLong(field -> 100 + field.name().length() + field.value().length())
                .sum();
        this.bytes = copy.size() <= SMALL ? Files.readAllBytes(copy.file()) : null;
    }

    private HttpHeaders headers() {
        var all = new DefaultHttpHeaders();
        all.set(HttpHeaderNames.CONTENT_TYPE, file.type());
        all.set(HttpHeaderNames.ETAG, tag);
        all.set(HttpHeaderNames.LAST_MODIFIED, date);
        all.set(HttpHeaderNames.ACCEPT_RANGES, "bytes");
        all.set(HttpHeaderNames.CACHE_CONTROL, caching());
        if (ContentTypes.isCompressible(file.name()) || !copy.coding().isEmpty()) {
            all.set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
        }
        if (!copy.coding().isEmpty()) {
            all.set(HttpHeaderNames.CONTENT_ENCODING, copy.coding());
        }
        return all;
    }

    /// As the site itself wants it.
    private void put(Field field) {
        if (field.value().isEmpty()) {
            headers.remove(field.name());
        } else if (HttpHeaderNames.VARY.contentEqualsIgnoreCase(field.name())) {
            headers.add(field.name(), field.value());
        } else {
            headers.set(field.name(), field.value());
        }
    }

    private String caching() {
        if (status.code() != 200 || file.type().startsWith("text/html")) {
            return "no-cache";
        }
        return HashedNames.isHashed(file.name())
                ? "public, max-age=31536000, immutable"
                : "public, max-age=0, must-revalidate";
    }

    /// Bytes of memory that it takes; a site chooses how many fields it sets, and how long they are.
    long weight() {
        return 1_000 + sizeOfFields + (bytes == null ? 0 : bytes.length);
    }

    boolean isUnchanged() {
        return file.isUnchanged() && (copy.coding().isEmpty() || Files.exists(copy.file()));
    }

    void answer(Exchange exchange, HttpRequest request, Lane lane) {
        headers.set(HttpHeaderNames.DATE, lane.date());
        if (status.code() != 200) {
            send(exchange, request, Range.all(copy.size()));
        } else if (isKnown(request.headers())) {
            exchange.respond(
                    new DefaultHttpResponse(
                            HttpVersion.HTTP_1_1,
                            HttpResponseStatus.NOT_MODIFIED,
                            headers.copy().remove(HttpHeaderNames.CONTENT_LENGTH)),
                    null,
                    0);
        } else {
            send(exchange, request, Range.of(request.headers(), tag, date, copy.size()));
        }
    }

    private boolean isKnown(HttpHeaders asked) {
        var match = asked.get(HttpHeaderNames.IF_NONE_MATCH);
        if (match != null) {
            return match.contains(tag) || match.strip().equals("*");
        }
        var since = asked.get(HttpHeaderNames.IF_MODIFIED_SINCE);
        if (since == null) {
            return false;
        }
        try {
            var then = DateTimeFormatter.RFC_1123_DATE_TIME.parse(since, Instant::from);
            return file.modified() / 1_000 <= then.getEpochSecond();
        } catch (DateTimeException e) {
            return false;
        }
    }

    private void send(Exchange exchange, HttpRequest request, Range range) {
        if (bytes != null && !range.isPart() && !range.isImpossible()) {
            exchange.respond(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(bytes), headers, EmptyHttpHeaders.INSTANCE));
            return;
        }
        var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, headers.copy());
        if (range.isImpossible()) {
            head.setStatus(HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
            head.headers().set(HttpHeaderNames.CONTENT_RANGE, "bytes */" + copy.size());
        } else if (range.isPart()) {
            head.setStatus(HttpResponseStatus.PARTIAL_CONTENT);
            head.headers().set(HttpHeaderNames.CONTENT_RANGE, range.text(copy.size()));
        }
        head.headers().set(HttpHeaderNames.CONTENT_LENGTH, range.length());
        boolean withBody = !request.method().equals(HttpMethod.HEAD) && range.length() > 0;
        exchange.respond(
                head,
                withBody ? body(range, exchange.front().codec().sendsFiles()) : null,
                withBody ? range.length() : 0);
    }

    private Object body(Range range, boolean sendsFiles) {
        if (bytes != null) {
            return new DefaultHttpContent(
                    Unpooled.wrappedBuffer(ByteBuffer.wrap(bytes, (int) range.start(), (int) range.length())));
        }
        return sendsFiles
                ? new DefaultFileRegion(copy.file().toFile(), range.start(), range.length())
                : new FilePieces(copy.file(), range.start(), range.length());
    }
}
