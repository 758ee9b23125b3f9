package dev.johwa.lib.site;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one line of a `_redirects` file.
final class RedirectLine {
    private static final Pattern STATUS = Pattern.compile("(\\d{3})(!?)");
    private static final Pattern HOST =
            Pattern.compile("(https?)://([^/:?#]+)(?::\\d+)?(/.*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern PLACEHOLDER_HOST = Pattern.compile("(?i)https?://(?:[^/]*[*:][a-z*]|[/?#\\\\]).*");
    private static final Set<Integer> MOVES = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> SHOWS = Set.of(200, 404);
    private static final String SAY = "a line is FROM TO, or FROM TO STATUS";

    private RedirectLine() {}

    /// @param host that must be asked, in lower case; null for any
    /// @param query values that must be asked for, by name; `:name` takes any
    /// @param to encoded as it is sent, with placeholders
    record Rule(int line, @Nullable String host, PathPattern from, Map<String, String> query, Target target) {

        boolean isStrong() {
            return target.forced() || from.exact() != null;
        }

        @Nullable
        Answer answer(Asked asked) {
            if (host != null && !host.equals(asked.host())) {
                return null;
            }
            var found = from.match(asked.path());
            if (found == null || !query.isEmpty() && !Query.take(query, asked.query(), found)) {
                return null;
            }
            return target.answer(asked, found, query.isEmpty());
        }
    }

    /// Where a rule leads.
    record Target(String to, int status, boolean forced) {
        @Nullable
        Answer answer(Asked asked, Map<String, String> found, boolean passesQuery) {
            if (SHOWS.contains(status)) {
                var path = Letters.fill(Letters.decode(to.replaceFirst("[?#].*", "")), found, false);
                return new Answer.Shown(status, path);
            }
            var location = Letters.fill(to, found, true);
            if (location.startsWith("/")) {
                // Two slashes would begin a host, which a visitor must not choose.
                location = location.replaceFirst("^/+", "/");
                var path = Letters.decode(location.replaceFirst("[?#].*", ""));
                if (PathPattern.bare(path).equals(PathPattern.bare(asked.path()))) {
                    return null;
                }
            }
            return new Answer.Moved(status, passesQuery ? Query.pass(location, asked.query()) : location);
        }
    }

    static Rule read(int line, List<String> words) throws RuleException {
        if (words.isEmpty()) {
            throw new RuleException("the line says nothing", SAY);
        }
        int to = 1;
        while (to < words.size() && !words.get(to).matches("(?i)(/|https?://).*")) {
            to++;
        }
        if (to == words.size()) {
            throw new RuleException(
                    "'" + Letters.shortened(String.join(" ", words)) + "' leads nowhere",
                    SAY + "; TO begins with / or https://");
        }
        var from = from(words.getFirst());
        var target = target(words.get(to), words.subList(to + 1, words.size()));
        if (from.isPlain() && isSameHost(from.host(), target.to())) {
            throw new RuleException(
                    "whether somebody came by https is not seen here, so http:// to https:// is passed over",
                    "leave the line out; whoever ends TLS in front leads to https");
        }
        if (from.host() == null && PathPattern.bare(from.path()).equals(PathPattern.bare(target.to()))) {
            throw new RuleException("'" + from.path() + "' leads to itself", "leave the line out");
        }
        return new Rule(line, from.host(), PathPattern.of(from.path()), query(words.subList(1, to)), target);
    }

    /// @param isPlain whether it names http
    private record From(@Nullable String host, String path, boolean isPlain) {}

    private static From from(String text) throws RuleException {
        if (text.startsWith("/")) {
            return new From(null, text.replaceFirst("[?#].*", ""), false);
        }
        var address = HOST.matcher(text);
        if (!address.matches()) {
            throw new RuleException(
                    "'" + Letters.shortened(text) + "' is no path", "FROM begins with / or https://HOST/");
        }
        var path = address.group(3) == null ? "/" : address.group(3);
        return new From(
                address.group(2).toLowerCase(Locale.ROOT),
                path,
                address.group(1).equalsIgnoreCase("http"));
    }

    private static boolean isSameHost(@Nullable String host, String to) {
        var address = HOST.matcher(to);
        return host != null && address.matches() && address.group(2).equalsIgnoreCase(host);
    }

    private static Map<String, String> query(List<String> words) throws RuleException {
        var query = new HashMap<String, String>();
        for (var word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new RuleException(
                        "'" + Letters.shortened(word) + "' is neither a value of the query nor where it leads", SAY);
            }
            query.put(Letters.decode(word.substring(0, equals)), Letters.decode(word.substring(equals + 1)));
        }
        return query;
    }

    private static Target target(String to, List<String> rest) throws RuleException {
        int status = 301;
        boolean forced = false;
        var words = rest;
        if (!words.isEmpty() && STATUS.matcher(words.getFirst()).matches()) {
            var written = words.getFirst();
            status = Integer.parseInt(written.substring(0, 3));
            forced = written.endsWith("!");
            words = words.subList(1, words.size());
        }
        if (!words.isEmpty()) {
            throw new RuleException(
                    "the condition '" + Letters.shortened(words.getFirst().replaceFirst("=.*", "=…"))
                            + "' is not known here, so the line is passed over",
                    "paths, hosts and values of the query are");
        }
        check(to, status);
        return new Target(Letters.address(to), status, forced);
    }

    private static void check(String to, int status) throws RuleException {
        if (!MOVES.contains(status) && !SHOWS.contains(status)) {
            throw new RuleException(
                    "the status " + status + " is not known here", "it is 200, 301, 302, 303, 307, 308 or 404");
        }
        if (SHOWS.contains(status) && !to.startsWith("/")) {
            throw new RuleException(
                    "'" + Letters.shortened(to) + "' is another host: a site shows files of its own",
                    "lead there with 302, or let an application ask there");
        }
        if (to.startsWith("/.netlify/") || to.startsWith("/cdn-cgi/")) {
            throw new RuleException(
                    "'" + Letters.shortened(to) + "' is a service of another host", "there is none of that name here");
        }
        if (PLACEHOLDER_HOST.matcher(to).matches()) {
            throw new RuleException(
                    "'" + Letters.shortened(to) + "' lets the visitor choose the host", "write the host out");
        }
    }
}
