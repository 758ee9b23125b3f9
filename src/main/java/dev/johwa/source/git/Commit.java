package dev.johwa.source.git;

import java.time.Instant;
import java.util.List;

/// A commit as the history tells it.
///
/// @param tree id of its tree: equal trees hold equal files
/// @param message whole, subject first
public record Commit(
        String id,
        String tree,
        List<String> parents,
        String author,
        Instant authoredAt,
        Instant committedAt,
        String message) {
    public Commit {
        parents = List.copyOf(parents);
    }

    public boolean isMerge() {
        return parents.size() > 1;
    }

    public String subject() {
        return message.lines().findFirst().orElse("");
    }

    public String shortId() {
        return id.substring(0, 8);
    }
}
