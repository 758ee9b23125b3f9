package dev.johwa.door.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a [Client] asks about issues.
public final class IssueCalls {
    private final Wire wire;

    IssueCalls(Wire wire) {
        this.wire = wire;
    }

    /// Which ones are wanted.
    ///
    /// @param state `open`, `closed` or `all`
    /// @param after behind this number; 0: from the newest
    public record Wanted(
            String state,
            Optional<String> label,
            Optional<String> assignee,
            Optional<String> text,
            int after,
            int limit) {}

    public IssueList list(String project, Wanted wanted) {
        var query = new LinkedHashMap<String, String>();
        query.put("state", wanted.state());
        wanted.label().ifPresent(label -> query.put("label", label));
        wanted.assignee().ifPresent(name -> query.put("assignee", name));
        wanted.text().ifPresent(text -> query.put("text", text));
        if (wanted.after() > 0) {
            query.put("after", Integer.toString(wanted.after()));
        }
        query.put("limit", Integer.toString(wanted.limit()));
        return wire.get(path(project, ""), query, IssueList.class);
    }

    public IssueList.Whole show(String project, int number) {
        return wire.get(path(project, "/" + number), Map.of(), IssueList.Whole.class);
    }

    public IssueList.Item open(String project, IssueList.Order order) {
        return wire.post(path(project, ""), Map.of(), order, IssueList.Item.class);
    }

    public IssueList.Item comment(String project, int number, String text) {
        return wire.post(
                path(project, "/" + number + "/comments"), Map.of(), new IssueList.Remark(text), IssueList.Item.class);
    }

    public IssueList.Item change(String project, int number, IssueList.Change change) {
        return wire.post(path(project, "/" + number), Map.of(), change, IssueList.Item.class);
    }

    private static String path(String project, String rest) {
        return "/api/v1/projects/" + Wire.encoded(project) + "/issues" + rest;
    }
}
