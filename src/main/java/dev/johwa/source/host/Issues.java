package dev.johwa.source.host;

import dev.johwa.source.host.Connection.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Issues where a project has its home, as people name them in a text: `#12`.
///
/// @param kind which decides what is written how, and lies where
/// @param page of the repository there
public record Issues(Kind kind, String page) {
    /// `#` of issues, and of proposals too at GitHub, `!` of proposals elsewhere, `GH-` at GitHub. What stands within
    /// a word, an address or a character reference (`C#7`, `a/b#7`, `&#39;`) is none of this project.
    private static final Pattern NAMED = Pattern.compile("(?<![\\w&#!/.-])(#|!|GH-)([1-9]\\d{0,8})(?!\\w)");
    private static final int MOST = 50;
    /// Addresses longer than a few thousand letters are refused.
    private static final int MOST_FILLED = 500;
    private static final int LONGEST = 20_000;

    /// @param name as it was written: `#12`
    public record Issue(String name, String url) {}

    /// Those that a text names, each once, in its order.
    public List<Issue> in(String text) {
        var found = new LinkedHashMap<String, Issue>();
        var named = NAMED.matcher(text.substring(0, Math.min(text.length(), LONGEST)));
        while (named.find() && found.size() < MOST) {
            var name = named.group();
            place(named.group(1), named.group(2))
                    .ifPresent(place -> found.putIfAbsent(name, new Issue(name, page + place)));
        }
        return List.copyOf(found.values());
    }

    /// The page of one issue; empty where nobody knows where issues are.
    public Optional<String> page(int number) {
        return place("#", String.valueOf(number)).map(place -> page + place);
    }

    /// The page of all, below which each has its own; empty where nobody knows where issues are.
    public Optional<String> all() {
        return folder("#").map(folder -> page + folder);
    }

    /// The host's form for a new one, filled in; empty where nobody knows where issues are.
    public Optional<String> form(String title, String text) {
        boolean isOfGitLab = kind == Kind.GITLAB;
        return all().map(all -> all + "/new?" + (isOfGitLab ? "issue%5Btitle%5D=" : "title=") + encoded(title) + "&"
                + (isOfGitLab ? "issue%5Bdescription%5D=" : "body=") + encoded(text));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text.substring(0, Math.min(text.length(), MOST_FILLED)), StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    private Optional<String> place(String mark, String number) {
        return folder(mark).map(folder -> folder + "/" + number);
    }

    private Optional<String> folder(String mark) {
        boolean isProposal = mark.equals("!");
        boolean isOfGitHub = mark.equals("GH-");
        return switch (kind) {
            case GITHUB -> isProposal ? Optional.empty() : Optional.of("/issues");
            case GITEA -> isOfGitHub ? Optional.empty() : Optional.of(isProposal ? "/pulls" : "/issues");
            case GITLAB -> isOfGitHub ? Optional.empty() : Optional.of(isProposal ? "/-/merge_requests" : "/-/issues");
            case GIT -> Optional.empty();
        };
    }
}
