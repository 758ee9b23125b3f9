package dev.johwa.lib.site;

import dev.johwa.lib.site.RedirectLine.Rule;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of `_redirects` as a regular expression of whole addresses and what takes their place, for proxies that know
/// no such lines. In the syntax of RE2 (github.com/google/re2/wiki/Syntax), groups with names.
///
/// @param expression of `https://HOST:PORT/PATH?QUERY`, encoded as it is sent
/// @param location where it leads: `${name}` is what a group took, `$$` a dollar
public record RedirectExpression(String expression, String location, int status) {
    /// What follows the path, where it goes along; no placeholder is called so.
    private static final String QUERY = "_query";

    private static final Pattern NAME = Pattern.compile(":([A-Za-z]\\w*)");
    private static final String LEADING_SPLAT = "/:" + PathPattern.SPLAT;
    private static final Set<Integer> SHOWN = Set.of(200, 404);

    /// @return empty for what no such expression says: a condition on the query, a file that is shown, and a target
    /// that its own line would send on for ever
    public static Optional<RedirectExpression> of(String line) {
        try {
            var lines = new Lines("", "").of(line);
            return lines.size() == 1 ? of(RedirectLine.read(1, lines.getFirst().words())) : Optional.empty();
        } catch (RuleException e) {
            return Optional.empty();
        }
    }

    private static Optional<RedirectExpression> of(Rule rule) {
        var to = rule.target().to().replaceFirst("^/+", "/");
        int status = rule.target().status();
        boolean isSaid = rule.query().isEmpty() && !SHOWN.contains(status) && !isForEver(rule, to);
        if (!isSaid) {
            return Optional.empty();
        }
        var host = rule.host() == null ? "[^/?]+" : "(?i:" + Letters.expression(rule.host()) + ")(?::[0-9]+)?";
        // Two slashes would begin a host, which a visitor must not choose.
        var path = rule.from().expression(to.startsWith(LEADING_SPLAT));
        return Optional.of(new RedirectExpression(
                "^https?://" + host + path + group(QUERY, "\\?.*") + "?$", location(to, path), status));
    }

    private static boolean isForEver(Rule rule, String to) {
        return to.startsWith("/")
                && rule.from().exact() == null
                && rule.from().match(Letters.decode(to.replaceFirst("[?#].*", ""))) != null;
    }

    static String group(String name, String taken) {
        return "(?P<" + name + ">" + taken + ")";
    }

    /// @param path with the groups that there are
    private static String location(String to, String path) {
        var filled = NAME.matcher(to.replace("$", "$$"))
                .replaceAll(found -> Matcher.quoteReplacement(
                        path.contains("(?P<" + found.group(1) + ">") ? "${" + found.group(1) + "}" : found.group()));
        if (filled.indexOf('?') >= 0) {
            return filled;
        }
        int fragment = filled.indexOf('#');
        int end = fragment < 0 ? filled.length() : fragment;
        return filled.substring(0, end) + "${" + QUERY + "}" + filled.substring(end);
    }
}
