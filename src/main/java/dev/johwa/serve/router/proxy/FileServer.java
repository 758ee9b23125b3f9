package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.RoutingTable;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Serves the files of a release: ranges, conditions, files that were compressed before, a page for what is missing.
/// Never leaves the folder, never shows names that begin with a dot. Used by many event loops.
final class FileServer {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final Pattern HASHED = Pattern.compile(".*[.-][A-Za-z0-9_]{8,}\\.[a-z0-9]+$");
    private static final int SMALL = 64 << 10;

    /// A file that was found.
    ///
    /// @param encoding of a compressed sibling, or empty
    private record Found(Path file, long size, long modified, String type, String encoding, int status) {
        String tag() {
            return "\"" + Long.toHexString(modified) + "-" + Long.toHexString(size) + "\"";
        }
    }

    void serve(Exchange exchange, HttpRequest request, RoutingTable.Files files) {
        var method = request.method();
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            exchange.answer(405, "Files are read with GET.");
            return;
        }
        var root = Path.of(files.folder());
        var path = path(request.uri());
        if (path == null) {
            exchange.answer(400, "The address is not readable.");
            return;
        }
        try {
            var place = root.resolve(path.substring(1)).normalize();
            if (!path.endsWith("/") && isVisible(root, place) && Files.isDirectory(place)) {
                redirect(exchange, request, path + "/");
                return;
            }
            var found = find(root, path, request.headers(), files.fallback());
            if (found == null) {
                exchange.answer(404, "There is no such page.");
                return;
            }
            send(exchange, request, found);
        } catch (IOException | InvalidPathException e) {
            exchange.answer(404, "There is no such page.");
        }
    }

    private static @Nullable String path(String uri) {
        int end = uri.indexOf('?');
        var raw = end < 0 ? uri : uri.substring(0, end);
        try {
            var decoded = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
            return decoded.startsWith("/") && decoded.indexOf('\0') < 0 && !decoded.contains("\\") ? decoded : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void redirect(Exchange exchange, HttpRequest request, String path) {
        int query = request.uri().indexOf('?');
        var location =
                path.replaceFirst("^/+", "/") + (query < 0 ? "" : request.uri().substring(query));
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.MOVED_PERMANENTLY, Unpooled.EMPTY_BUFFER);
        response.headers().set(HttpHeaderNames.LOCATION, location.replaceAll("[^\\x21-\\x7e]", ""));
        exchange.respond(response);
    }

    private static @Nullable Found find(Path root, String path, HttpHeaders headers, boolean fallback)
            throws IOException {
        var place = root.resolve(path.substring(1)).normalize();
        var file = path.endsWith("/") ? place.resolve("index.html") : place;
        if (isFile(root, file)) {
            return found(root, file, headers, 200);
        }
        var page = root.resolve(place + ".html");
        if (!path.endsWith("/") && isFile(root, page)) {
            return found(root, page, headers, 200);
        }
        if (fallback && isFile(root, root.resolve("index.html")) && !hasExtension(path)) {
            return found(root, root.resolve("index.html"), headers, 200);
        }
        var missing = root.resolve("404.html");
        return isFile(root, missing) ? found(root, missing, headers, 404) : null;
    }

    private static boolean hasExtension(String path) {
        return path.substring(path.lastIndexOf('/') + 1).matches(".+\\.[A-Za-z0-9]{1,6}") && !path.endsWith(".html");
    }

    private static boolean isFile(Path root, Path file) throws IOException {
        return isVisible(root, file)
                && Files.isRegularFile(file)
                && file.toRealPath().startsWith(root.toRealPath());
    }

    private static boolean isVisible(Path root, Path file) {
        if (!file.startsWith(root)) {
            return false;
        }
        for (var part : root.relativize(file)) {
            var name = part.toString();
            if (name.startsWith(".") && !name.equals(".well-known")) {
                return false;
            }
        }
        return true;
    }

    private static Found found(Path root, Path file, HttpHeaders headers, int status) throws IOException {
        var accepted = headers.get(HttpHeaderNames.ACCEPT_ENCODING, "");
        var type = ContentTypes.of(file.getFileName().toString());
        for (var coding : new String[][] {{"br", ".br"}, {"gzip", ".gz"}}) {
            var sibling = Path.of(file + coding[1]);
            if (accepted.contains(coding[0]) && status == 200 && isFile(root, sibling)) {
                return new Found(sibling, Files.size(sibling), millis(sibling), type, coding[0], status);
            }
        }
        return new Found(file, Files.size(file), millis(file), type, "", status);
    }

    private static long millis(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toMillis();
    }

    private static void send(Exchange exchange, HttpRequest request, Found found) throws IOException {
        var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(found.status()));
        var headers = head.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, found.type());
        headers.set(HttpHeaderNames.ETAG, found.tag());
        headers.set(HttpHeaderNames.LAST_MODIFIED, HTTP_DATE.format(java.time.Instant.ofEpochMilli(found.modified())));
        headers.set(HttpHeaderNames.ACCEPT_RANGES, "bytes");
        headers.set(HttpHeaderNames.VARY, "Accept-Encoding");
        headers.set(HttpHeaderNames.CACHE_CONTROL, caching(found));
        if (!found.encoding().isEmpty()) {
            headers.set(HttpHeaderNames.CONTENT_ENCODING, found.encoding());
        }
        if (found.status() == 200 && isUnchanged(request.headers(), found)) {
            head.setStatus(HttpResponseStatus.NOT_MODIFIED);
            exchange.respond(head, null, 0);
            return;
        }
        var range = found.status() == 200
                ? Range.of(request.headers(), found.tag(), found.size())
                : Range.all(found.size());
        if (range.isImpossible()) {
            head.setStatus(HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
            headers.set(HttpHeaderNames.CONTENT_RANGE, "bytes */" + found.size());
            headers.setInt(HttpHeaderNames.CONTENT_LENGTH, 0);
            exchange.respond(head, null, 0);
            return;
        }
        if (range.isPart()) {
            head.setStatus(HttpResponseStatus.PARTIAL_CONTENT);
            headers.set(HttpHeaderNames.CONTENT_RANGE, range.text(found.size()));
        }
        headers.set(HttpHeaderNames.CONTENT_LENGTH, range.length());
        boolean withBody = !request.method().equals(HttpMethod.HEAD) && range.length() > 0;
        exchange.respond(head, withBody ? body(found, range) : null, withBody ? range.length() : 0);
    }

    private static String caching(Found found) {
        if (found.status() != 200 || found.type().startsWith("text/html")) {
            return "no-cache";
        }
        var name = found.file().getFileName().toString().replaceFirst("\\.(br|gz)$", "");
        return HASHED.matcher(name).matches()
                ? "public, max-age=31536000, immutable"
                : "public, max-age=0, must-revalidate";
    }

    private static boolean isUnchanged(HttpHeaders headers, Found found) {
        var match = headers.get(HttpHeaderNames.IF_NONE_MATCH);
        if (match != null) {
            return match.contains(found.tag()) || match.strip().equals("*");
        }
        var since = headers.get(HttpHeaderNames.IF_MODIFIED_SINCE);
        return since != null && since.equals(HTTP_DATE.format(java.time.Instant.ofEpochMilli(found.modified())));
    }

    private static Object body(Found found, Range range) throws IOException {
        if (range.length() <= SMALL) {
            try (var channel = Files.newByteChannel(found.file())) {
                channel.position(range.start());
                var bytes = java.nio.ByteBuffer.allocate((int) range.length());
                while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                    // until it is full
                }
                return new io.netty.handler.codec.http.DefaultHttpContent(Unpooled.wrappedBuffer(bytes.array()));
            }
        }
        return new DefaultFileRegion(found.file().toFile(), range.start(), range.length());
    }
}
