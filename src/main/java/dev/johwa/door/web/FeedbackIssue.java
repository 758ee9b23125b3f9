package dev.johwa.door.web;

import dev.johwa.serve.release.Release;
import dev.johwa.source.issue.Draft;
import java.util.List;
import java.util.stream.Collectors;

/// What a user of an app said, as an issue.
final class FeedbackIssue {
    private static final String LABEL = "feedback";
    private static final int TITLE = 80;
    private static final int LONGEST_PATH = 500;
    /// What moves or turns the text around it on a screen, and half a letter; databases refuse some of it.
    private static final String UNSEEN = "[\\s\\p{Cc}\\p{Cs}\\u202A-\\u202E\\u2066-\\u2069]+";

    private FeedbackIssue() {}

    /// @param release that they saw
    /// @param from the path that they came from; empty where it is not known
    /// @param contact how to answer; may be empty
    static Draft of(Release release, String from, String said, String contact) {
        var body = new StringBuilder(quoted(said)).append('\n');
        var where = release.where();
        line(body, "release", release.number() + " of " + where.name() + " in " + where.environment());
        line(body, "commit", release.commit());
        line(body, "page", from.substring(0, Math.min(from.length(), LONGEST_PATH)));
        line(body, "answer to", contact);
        return new Draft(title(said), body.toString(), List.of(LABEL), "", "a visitor");
    }

    static String title(String said) {
        var line = said.lines().findFirst().orElse("");
        var start = line.length() > TITLE ? line.substring(0, TITLE) + "…" : line;
        return "Feedback: " + start.replaceAll(UNSEEN, " ").strip();
    }

    private static void line(StringBuilder body, String name, String value) {
        if (!value.isBlank()) {
            body.append("\n- ").append(name).append(": ").append(plain(value));
        }
    }

    private static String quoted(String said) {
        return said.lines().map(line -> "> " + plain(line)).collect(Collectors.joining("\n"));
    }

    /// Words of strangers: in Markdown they would format, link, and name other issues.
    static String plain(String text) {
        return text.replaceAll(UNSEEN, " ").replaceAll("([\\\\`*_\\[\\]<>|~#!@])", "\\\\$1");
    }
}
