package dev.johwa.source.issue;

import java.util.List;

/// An issue that is to be opened.
///
/// @param body in Markdown
/// @param assignee empty: nobody
/// @param author who opens it
public record Draft(String title, String body, List<String> labels, String assignee, String author) {
    public Draft {
        title = Limits.title(title);
        body = Limits.body(body);
        labels = Limits.labels(labels);
        assignee = Limits.name(assignee);
    }
}
