package dev.johwa.source.issue;

import dev.johwa.source.issue.Issue.State;
import dev.johwa.source.issue.IssueStore.Note;
import dev.johwa.source.issue.Story.Kind;
import java.util.ArrayList;
import java.util.List;

/// Changes an issue, and notes who did, in one transaction.
final class Changing {
    private final IssueStore store;
    private final String by;

    Changing(IssueStore store, String by) {
        this.store = store;
        this.by = by;
    }

    void change(Issue issue, Change change) {
        change.title().filter(title -> !title.equals(issue.title())).ifPresent(title -> {
            store.set(issue, "title", title);
            note(issue, Kind.RENAMED, title);
        });
        change.body().filter(body -> !body.equals(issue.body())).ifPresent(body -> {
            store.set(issue, "body", body);
            note(issue, Kind.REWRITTEN, "");
        });
        change.assignee().filter(name -> !name.equals(issue.assignee())).ifPresent(name -> {
            store.set(issue, "assignee", name);
            note(issue, Kind.ASSIGNED, name);
        });
        labels(issue, change);
        change.state().ifPresent(state -> state(issue, state, ""));
    }

    private void labels(Issue issue, Change change) {
        var more = change.labelled().stream()
                .filter(label -> !issue.labels().contains(label))
                .toList();
        var fewer =
                change.unlabelled().stream().filter(issue.labels()::contains).toList();
        var all = new ArrayList<>(issue.labels());
        all.removeAll(fewer);
        all.addAll(more);
        if (!more.isEmpty() || !fewer.isEmpty()) {
            store.label(issue, Limits.labels(all));
            tell(issue, Kind.LABELLED, more);
            tell(issue, Kind.UNLABELLED, fewer);
        }
    }

    private void tell(Issue issue, Kind kind, List<String> labels) {
        if (!labels.isEmpty()) {
            note(issue, kind, String.join(", ", labels));
        }
    }

    /// @param word why
    void state(Issue issue, State state, String word) {
        if (issue.state() != state) {
            store.state(issue, state, by);
            note(issue, state == State.OPEN ? Kind.REOPENED : Kind.CLOSED, word);
        }
    }

    private void note(Issue issue, Kind kind, String text) {
        store.note(new Note(issue.project(), issue.number(), by, kind, text));
    }
}
