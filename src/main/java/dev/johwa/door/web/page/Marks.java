package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.code;
import static dev.johwa.lib.html.Tags.dd;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.dl;
import static dev.johwa.lib.html.Tags.dt;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.element;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.input;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.pre;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.door.api.IssueLink;
import dev.johwa.lib.html.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Small parts that stand everywhere: states, commits, commands to copy.
final class Marks {
    private static final int SHORT = 8;
    private static final Pattern EFFECT = Pattern.compile("(\\S+)\\s{2,}(.+)");
    /// One of English, no name of a file or a key.
    private static final Pattern FIRST_WORD = Pattern.compile("[a-z]+[ ,]");

    private Marks() {}

    /// A state by word, shape and colour.
    ///
    /// @param state as the API tells it
    static Html state(Visit visit, String state) {
        return span(
                styled("state is-" + state),
                span(styled("dot"), attribute("aria-hidden", "true")),
                visit.words("state." + state));
    }

    static Html commit(String id) {
        return code(styled("commit"), attribute("title", id), text(shortened(id)));
    }

    static String shortened(String commit) {
        return commit.substring(0, Math.min(SHORT, commit.length()));
    }

    /// A text in which issues that it names lead to them; those that only the rest of the message names follow it.
    static Html linked(String words, List<IssueLink> issues) {
        if (issues.isEmpty()) {
            return text(words);
        }
        var parts = new ArrayList<Html>();
        var rest = new ArrayList<>(issues);
        var named = whole(issues).matcher(words);
        int from = 0;
        while (named.find()) {
            var issue = issues.stream()
                    .filter(each -> each.name().equals(named.group()))
                    .findFirst()
                    .orElseThrow();
            parts.add(text(words.substring(from, named.start())));
            parts.add(issue(issue));
            rest.remove(issue);
            from = named.end();
        }
        parts.add(text(words.substring(from)));
        rest.forEach(issue -> parts.add(row(text(" "), issue(issue))));
        return new Html.Row(parts);
    }

    /// The names as whole words: `#1` is neither in `#12` nor in `C#1`.
    private static Pattern whole(List<IssueLink> issues) {
        var names = issues.stream().map(issue -> Pattern.quote(issue.name())).collect(Collectors.joining("|"));
        return Pattern.compile("(?<!\\w)(" + names + ")(?!\\w)");
    }

    private static Html issue(IssueLink issue) {
        return a(styled("issue"), href(issue.url()), text(issue.name()));
    }

    /// A sentence as problems are told: it begins with a large letter here, and what stands in backticks is a command.
    static Html told(String words) {
        boolean isWord = FIRST_WORD.matcher(words).lookingAt();
        var sentence = isWord ? Character.toUpperCase(words.charAt(0)) + words.substring(1) : words;
        var pieces = sentence.split("`", -1);
        if (pieces.length % 2 == 0) {
            return text(sentence);
        }
        var parts = new ArrayList<Html>();
        for (int i = 0; i < pieces.length; i++) {
            parts.add(i % 2 == 0 ? text(pieces[i]) : code(text(pieces[i])));
        }
        return new Html.Row(parts);
    }

    /// What a release did to its users, by lines as terminals show them: `errors    0 of 32`.
    static Html effect(List<String> lines) {
        return div(
                attribute("lang", "en"),
                dl(
                        styled("facts effect"),
                        each(
                                lines.stream()
                                        .map(EFFECT::matcher)
                                        .filter(Matcher::matches)
                                        .toList(),
                                line -> row(dt(text(line.group(1))), dd(text(line.group(2)))))));
    }

    /// An address without what everybody knows.
    static String host(String url) {
        return url.replaceFirst("^https?://", "").replaceFirst("/$", "");
    }

    /// What a person pastes into a terminal.
    static Html command(String words) {
        return pre(styled("command"), attribute("data-copy", ""), code(text(words)));
    }

    /// A list that has nothing yet: what fills it.
    static Html empty(Html... parts) {
        return div(styled("empty"), row(parts));
    }

    /// Lines that more may follow.
    static Html log(Visit visit, String label, Html lines) {
        return element(
                "div",
                styled("log"),
                id("lines"),
                attribute("role", "log"),
                attribute("tabindex", "0"),
                attribute("aria-label", label),
                attribute("data-fresh", visit.say("log.fresh")),
                attribute("data-fresh-one", visit.say("log.fresh-one")),
                lines);
    }

    /// Where a log is searched.
    static Html find(Visit visit, String find) {
        return find(visit, find, visit.say("log.find"));
    }

    /// Where terms are understood too, as `johwa logs --search` has them.
    static Html search(Visit visit, String find) {
        return find(visit, find, visit.say("log.terms"));
    }

    /// Why what was typed there is no search.
    static Html noSearch(Visit visit, Optional<String> mistake) {
        return when(mistake, said -> p(styled("wrong"), visit.words("log.as-text", said)));
    }

    private static Html find(Visit visit, String find, String example) {
        return input(
                attribute("type", "search"),
                attribute("name", "find"),
                attribute("value", find),
                attribute("aria-label", visit.say("log.find")),
                attribute("placeholder", example));
    }
}
