package dev.johwa.source.issue;

import dev.johwa.source.issue.Issue.State;
import dev.johwa.source.issue.IssueStore.Note;
import dev.johwa.source.issue.Issues.Word;
import dev.johwa.source.issue.Story.Kind;

/// Words of the platform about what lasts: one issue for each thing.
final class Telling {
    /// Behind so many nobody reads more of the same.
    private static final int MOST_WORDS = 200;

    private final IssueStore store;

    Telling(IssueStore store) {
        this.store = store;
    }

    void say(Word word) {
        var known = store.about(word.project(), word.about());
        if (known.isEmpty()) {
            open(word);
            return;
        }
        var issue = known.get();
        note(issue, word);
        if (!issue.isOpen() && store.closedByUs(issue.project(), issue.number())) {
            new Changing(store, Issues.PLATFORM).state(issue, State.OPEN, "");
        }
    }

    /// What is wrong is told also where there is no room for an issue of it: by then nobody reads them.
    private void open(Word word) {
        if (store.isFull(word.project())) {
            return;
        }
        var draft = new Draft(
                cut(word.title(), Limits.TITLE), cut(word.text(), Limits.TEXT), word.labels(), "", Issues.PLATFORM);
        store.add(word.project(), draft, word.about());
    }

    void over(Word word) {
        store.about(word.project(), word.about()).filter(Issue::isOpen).ifPresent(issue -> {
            note(issue, word);
            new Changing(store, Issues.PLATFORM).state(issue, State.CLOSED, "");
        });
    }

    private void note(Issue issue, Word word) {
        if (issue.comments() < MOST_WORDS) {
            var text = cut(word.text(), Limits.TEXT);
            store.note(new Note(issue.project(), issue.number(), Issues.PLATFORM, Kind.COMMENTED, text));
        }
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
