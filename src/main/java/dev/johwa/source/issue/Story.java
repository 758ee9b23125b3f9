package dev.johwa.source.issue;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What happened to an issue.
///
/// @param entries oldest first
/// @param commits that name it, oldest first
public record Story(List<Entry> entries, List<Reference> commits) {
    public Story {
        entries = List.copyOf(entries);
        commits = List.copyOf(commits);
    }

    /// @param text of a comment in Markdown; of a change what it is now, empty where the kind says all
    public record Entry(int position, Instant at, String by, Kind kind, String text) {}

    public enum Kind {
        COMMENTED,
        CLOSED,
        REOPENED,
        RENAMED,
        LABELLED,
        UNLABELLED,
        ASSIGNED,
        REWRITTEN;

        /// `commented`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A commit that names an issue.
    ///
    /// @param branch to which it was pushed first
    /// @param closes whether its message says that it settles it
    /// @param live in which release it was live in production first; empty: not yet, or no more
    public record Reference(
            String commit,
            String subject,
            String author,
            Instant committedAt,
            String branch,
            boolean closes,
            Optional<InRelease> live) {}

    /// @param app name within the project
    public record InRelease(String app, int number) {}
}
