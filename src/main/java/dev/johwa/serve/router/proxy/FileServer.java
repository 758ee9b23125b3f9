package dev.johwa.serve.router.proxy;

import dev.johwa.lib.http.AcceptedCodings;
import dev.johwa.lib.site.Answer;
import dev.johwa.lib.site.Asked;
import dev.johwa.lib.site.SiteRules;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.proxy.SiteFile.Copy;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import org.jspecify.annotations.Nullable;

/// Serves the files of a release: finds them, agrees on a compression, remembers what is asked for often. Used by one
/// event loop.
final class FileServer {
    private static final AsciiString FETCH_MODE = AsciiString.cached("sec-fetch-mode");
    private static final long WAIT_BYTES = 4 << 20;

    private final Lane lane;
    private final FileCache cache;

    FileServer(Lane lane, long cacheBytes) {
        this.lane = lane;
        this.cache = new FileCache(cacheBytes);
    }

    void serve(Exchange exchange, HttpRequest request, RoutingTable.Files site, SiteRules rules) {
        var method = request.method();
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            refuse(exchange);
            return;
        }
        var path = SiteFiles.path(request.uri());
        if (path == null) {
            exchange.answer(400, "The address is not readable.");
            return;
        }
        var headers = request.headers();
        // A part of a file is one of its own bytes.
        var accepted = headers.contains(HttpHeaderNames.RANGE)
                ? AcceptedCodings.NONE
                : cache.encodings(headers.get(HttpHeaderNames.ACCEPT_ENCODING, ""));
        var key = new FileCache.Key(site, path, accepted, site.fallback() && isNavigation(headers), Visit.PLAIN);
        if (rules.isNone()) {
            show(exchange, request, key);
        } else {
            byRules(exchange, request, key, rules);
        }
    }

    /// As the site's own rules have it.
    private void byRules(Exchange exchange, HttpRequest request, FileCache.Key key, SiteRules rules) {
        int query = request.uri().indexOf('?');
        var asked = new Asked(
                RequestHead.host(request.headers()),
                key.path(),
                query < 0 ? "" : request.uri().substring(query + 1));
        var plain = key.at(key.path(), Visit.of(rules, asked, 200));
        switch (rules.redirect(asked, () -> isThere(plain))) {
            case null -> show(exchange, request, plain);
            case Answer.Moved(int status, String location) -> exchange.respond(Answers.moved(status, location));
            case Answer.Shown(int status, String path) ->
                show(exchange, request, key.at(path, Visit.of(rules, asked, status)));
        }
    }

    /// Whether a file answers by itself, not a page that answers everywhere.
    private boolean isThere(FileCache.Key key) {
        try {
            return switch (new SiteFiles(key.site()).find(key.path(), false)) {
                case SiteFiles.Found.Page(SiteFile _, int status) -> status == 200;
                case SiteFiles.Found.Folder() -> true;
                case SiteFiles.Found.Nothing() -> false;
            };
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private void show(Exchange exchange, HttpRequest request, FileCache.Key key) {
        var known = cache.get(key, lane.seconds());
        if (known != null) {
            known.answer(exchange, request, lane);
            return;
        }
        look(exchange, request, key);
    }

    private static void refuse(Exchange exchange) {
        var response = Answers.page(405, "Files are read with GET.");
        response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
        exchange.respond(response);
    }

    /// Whether a person goes to that address, rather than a page that asks for a part of itself.
    private static boolean isNavigation(HttpHeaders headers) {
        var mode = headers.get(FETCH_MODE);
        if (mode != null) {
            return mode.equals("navigate");
        }
        var accepted = headers.get(HttpHeaderNames.ACCEPT, "*/*");
        return accepted.contains("text/html") || accepted.startsWith("*/*");
    }

    private void look(Exchange exchange, HttpRequest request, FileCache.Key key) {
        try {
            var files = new SiteFiles(key.site());
            switch (files.find(key.path(), key.isNavigation())) {
                case SiteFiles.Found.Page page -> show(exchange, request, key, page.as(key.visit()), files);
                case SiteFiles.Found.Folder() -> folder(exchange, request, key);
                case SiteFiles.Found.Nothing() -> exchange.answer(404, "There is no such page.");
            }
        } catch (IOException | InvalidPathException e) {
            exchange.answer(404, "There is no such page.");
        }
    }

    private void show(
            Exchange exchange, HttpRequest request, FileCache.Key key, SiteFiles.Found.Page page, SiteFiles files)
            throws IOException {
        var sibling = files.sibling(page.file(), key.accepted());
        if (sibling != null) {
            answer(exchange, request, key, page, sibling);
            return;
        }
        var copy = lane.edge().compressed().copy(page.file(), key.accepted());
        var made = copy.getNow(null);
        if (made != null) {
            answer(exchange, request, key, page, made);
        } else if (page.file().size() > WAIT_BYTES) {
            new SiteAnswer(page, page.file().asItIs(), key.visit()).answer(exchange, request, lane);
        } else {
            copy.handle((compressed, failure) -> compressed)
                    .thenAcceptAsync(compressed -> answerLater(exchange, request, key, page, compressed), lane.loop());
        }
    }

    private void answerLater(
            Exchange exchange, HttpRequest request, FileCache.Key key, SiteFiles.Found.Page page, @Nullable Copy copy) {
        if (exchange.isOver()) {
            return;
        }
        try {
            answer(exchange, request, key, page, copy == null ? page.file().asItIs() : copy);
        } catch (IOException e) {
            exchange.answer(404, "There is no such page.");
        }
        exchange.front().flush();
    }

    private void answer(Exchange exchange, HttpRequest request, FileCache.Key key, SiteFiles.Found.Page page, Copy copy)
            throws IOException {
        var answer = new SiteAnswer(page, copy, key.visit());
        cache.put(key, answer, lane.seconds());
        answer.answer(exchange, request, lane);
    }

    /// A folder is read with a slash at its end: by the visitor where he asked for it, by us where a rule leads there.
    private void folder(Exchange exchange, HttpRequest request, FileCache.Key key) {
        var asked = key.visit().asked().path();
        if (key.visit() != Visit.PLAIN && !asked.equals(key.path())) {
            show(exchange, request, key.at(key.path() + "/", key.visit()));
            return;
        }
        int query = request.uri().indexOf('?');
        int end = query < 0 ? request.uri().length() : query;
        // As it was asked for, so that what was encoded stays so; one slash at the start, else it would be a host.
        var location = request.uri().substring(0, end).replaceFirst("^/+", "/") + "/"
                + request.uri().substring(end);
        exchange.respond(Answers.moved(301, location));
    }
}
