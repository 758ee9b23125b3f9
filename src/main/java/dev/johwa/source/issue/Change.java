package dev.johwa.source.issue;

import dev.johwa.source.issue.Issue.State;
import java.util.List;
import java.util.Optional;

/// What is to be another way; what is absent stays.
///
/// @param assignee the empty name: nobody
/// @param labelled labels that it gets
/// @param unlabelled labels that it loses
public record Change(
        Optional<String> title,
        Optional<String> body,
        Optional<State> state,
        Optional<String> assignee,
        List<String> labelled,
        List<String> unlabelled) {
    public Change {
        title = title.map(Limits::title);
        body = body.map(Limits::body);
        assignee = assignee.map(Limits::name);
        labelled = Limits.labels(labelled);
        unlabelled = Limits.labels(unlabelled);
    }

    public static Change to(State state) {
        return new Change(
                Optional.empty(), Optional.empty(), Optional.of(state), Optional.empty(), List.of(), List.of());
    }
}
