package dev.johwa.source.host;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.http.HttpCalls;
import dev.johwa.lib.http.HttpCalls.Answer;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.host.HostFailed.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Calls the interface for programs of one host. What was asked before is asked again with the mark of the last
/// answer: a host counts no question to which nothing is new. Safe for use by many threads.
final class HostCalls implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(2);
    private static final int MOST_PAGES = 10;
    private static final int MOST_KEPT = 50;
    private static final int LONGEST_SAID = 200;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>;\\s*rel=\"?next\"?");

    private final String api;
    private final Map<String, String> headers;
    private final Clock clock;
    private final HttpCalls calls;
    private final Map<URI, Kept> kept = new LinkedHashMap<>();

    /// An answer and its mark.
    private record Kept(String mark, Answer answer) {}

    /// @param api without a slash at its end
    /// @param headers of every call, among them who calls
    HostCalls(String api, Map<String, String> headers, Clock clock, Reach reach) {
        this.api = api;
        this.headers = Map.copyOf(headers);
        this.clock = clock;
        this.calls =
                new HttpCalls(URI.create(api), host -> reach.addresses(host).getFirst());
    }

    JsonNode get(String path) throws HostFailed {
        return tree(got(URI.create(api + path)));
    }

    /// The elements of a list over all its pages, of at most so many.
    List<JsonNode> list(String path, String within) throws HostFailed {
        var found = new ArrayList<JsonNode>();
        var at = Optional.of(URI.create(api + path));
        for (int page = 0; page < MOST_PAGES && at.isPresent(); page++) {
            var answer = got(at.get());
            var tree = tree(answer);
            (within.isEmpty() ? tree : tree.path(within)).forEach(found::add);
            at = answer.field("link").flatMap(this::next);
        }
        return found;
    }

    /// Only within the same host: the token goes with it.
    private Optional<URI> next(String link) {
        var found = NEXT.matcher(link);
        return found.find() && found.group(1).startsWith(api)
                ? Optional.of(URI.create(found.group(1)))
                : Optional.empty();
    }

    JsonNode send(String method, String path, Object body) throws HostFailed {
        return tree(answered(URI.create(api + path), method, Json.bytes(body)));
    }

    void delete(String path) throws HostFailed {
        answered(URI.create(api + path), "DELETE", new byte[0]);
    }

    /// Whether an answer comes, of any kind.
    void touch(String path) throws HostFailed {
        answered(URI.create(api + path), "GET", new byte[0]);
    }

    /// What is at a place that the host itself named.
    JsonNode follow(String location) throws HostFailed {
        if (!location.startsWith(api + "/")) {
            throw new HostFailed(Reason.WRONG, "it leads elsewhere, to " + location);
        }
        return get(location.substring(api.length()));
    }

    /// Whether something answers there as this kind of host does; anything else is no.
    boolean answers(String path) {
        try {
            return get(path).isObject();
        } catch (HostFailed e) {
            return false;
        }
    }

    private Answer got(URI uri) throws HostFailed {
        var before = kept(uri);
        var mark = before.map(each -> Map.of("If-None-Match", each.mark())).orElse(Map.of());
        var answer = call("GET", uri, new byte[0], mark);
        if (answer.status() == 304 && before.isPresent()) {
            return before.get().answer();
        }
        good(uri, answer);
        answer.field("etag").ifPresent(etag -> keep(uri, new Kept(etag, answer)));
        return answer;
    }

    private Optional<Kept> kept(URI uri) {
        synchronized (kept) {
            return Optional.ofNullable(kept.get(uri));
        }
    }

    private void keep(URI uri, Kept answer) {
        synchronized (kept) {
            kept.remove(uri);
            kept.put(uri, answer);
            if (kept.size() > MOST_KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
    }

    private Answer call(String method, URI uri, byte[] body, Map<String, String> more) throws HostFailed {
        var all = new HashMap<>(headers);
        all.putAll(more);
        all.put("User-Agent", "johwa");
        if (body.length > 0) {
            all.put("Content-Type", "application/json");
        }
        try {
            return calls.send(new HttpCalls.Call(method, uri, all, body, PATIENCE));
        } catch (ProblemException e) {
            throw HostFailed.of(e);
        }
    }

    private Answer answered(URI uri, String method, byte[] body) throws HostFailed {
        return good(uri, call(method, uri, body, Map.of()));
    }

    private Answer good(URI uri, Answer answer) throws HostFailed {
        int status = answer.status();
        if (status / 100 == 2) {
            return answer;
        }
        var said = status + said(answer);
        if (status / 100 == 3) {
            throw HostFailed.moved(absolute(uri, answer.field("location").orElse("")));
        }
        boolean isSpent =
                answer.field("x-ratelimit-remaining").filter("0"::equals).isPresent()
                        || answer.field("retry-after").isPresent();
        if (status == 429 || status == 403 && isSpent) {
            throw HostFailed.limited("it asks to wait: " + said, until(answer));
        }
        throw new HostFailed(reason(status), "it answers " + said);
    }

    /// Some say only where on the same server it is now.
    private static String absolute(URI uri, String location) {
        try {
            return location.isEmpty() ? "" : uri.resolve(location).toString();
        } catch (IllegalArgumentException e) {
            return location;
        }
    }

    private static Reason reason(int status) {
        return switch (status) {
            case 401 -> Reason.REFUSED;
            case 403 -> Reason.FORBIDDEN;
            case 404, 410, 451 -> Reason.MISSING;
            default -> status >= 500 ? Reason.OUT : Reason.WRONG;
        };
    }

    /// When it may be asked again; never so late that nobody would look at it again.
    private Instant until(Answer answer) {
        var now = clock.now();
        var asked = answer.field("retry-after")
                .flatMap(HostCalls::number)
                .map(seconds -> now.plusSeconds(seconds))
                .or(() -> answer.field("x-ratelimit-reset")
                        .or(() -> answer.field("ratelimit-reset"))
                        .flatMap(HostCalls::number)
                        .flatMap(HostCalls::instant))
                .orElse(now.plus(PAUSE));
        var soonest = asked.isBefore(now) ? now.plus(PAUSE) : asked;
        var latest = now.plus(LONGEST_PAUSE);
        return soonest.isAfter(latest) ? latest : soonest;
    }

    private static Optional<Long> number(String text) {
        return text.matches("\\d{1,12}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private static Optional<Instant> instant(long seconds) {
        try {
            return Optional.of(Instant.ofEpochSecond(seconds));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /// What it says of an error, in its JSON or else not at all: pages of errors are for browsers.
    private static String said(Answer answer) {
        if (answer.type()
                .filter(type -> type.toLowerCase(Locale.ROOT).contains("json"))
                .isEmpty()) {
            return "";
        }
        try {
            var tree = Json.tree(new String(answer.body(), StandardCharsets.UTF_8));
            var message = tree.path("message").asString(tree.path("error").asString(""));
            var cut = message.length() > LONGEST_SAID ? message.substring(0, LONGEST_SAID) + "…" : message;
            return cut.isEmpty() ? "" : " (" + cut.replaceAll("\\s+", " ") + ")";
        } catch (ProblemException e) {
            return "";
        }
    }

    private static JsonNode tree(Answer answer) throws HostFailed {
        try {
            return Json.tree(answer.body().length == 0 ? "{}" : new String(answer.body(), StandardCharsets.UTF_8));
        } catch (ProblemException e) {
            throw new HostFailed(Reason.OUT, "it answers what is no JSON: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        calls.close();
    }
}
