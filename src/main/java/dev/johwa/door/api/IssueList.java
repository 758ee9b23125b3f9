package dev.johwa.door.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Issues of a project, newest first.
///
/// @param open how many are open in all
/// @param next what `after` is for those that follow; empty at the end
/// @param home the page of its other issues, where a connected project has its home; absent where these are all
public record IssueList(List<Item> issues, int open, Optional<Integer> next, Optional<String> home) {

    /// @param state `open` or `closed`
    /// @param assignee who looks after it
    public record Item(
            String project,
            int number,
            String title,
            String state,
            String author,
            Optional<String> assignee,
            List<String> labels,
            int comments,
            Instant createdAt,
            Instant updatedAt,
            Optional<Instant> closedAt) {}

    /// One with all that happened to it.
    ///
    /// @param body in Markdown
    /// @param way where its change is; empty while no commit names it
    public record Whole(Item issue, String body, List<Entry> entries, List<Commit> commits, Optional<Way> way) {}

    /// @param kind `commented`, `closed`, `reopened`, `renamed`, `rewritten`, `labelled`, `unlabelled`, `assigned`
    /// @param text of a comment in Markdown; of a change what it is now
    public record Entry(Instant at, String by, String kind, String text) {}

    /// A commit that names it.
    ///
    /// @param closes whether it settles the issue when it is live in production
    /// @param release in which it was live there first
    public record Commit(
            String id,
            String subject,
            String author,
            Instant at,
            String branch,
            boolean closes,
            Optional<Integer> release) {}

    /// Where its change is.
    ///
    /// @param branches that hold all of it
    /// @param run the first that passed with it
    public record Way(List<String> branches, Optional<Integer> run, List<Place> places) {}

    /// @param release the first with it
    /// @param live whether what serves has it
    /// @param healthySince empty while that is not well
    public record Place(String app, String environment, int release, boolean live, Optional<Instant> healthySince) {}

    /// A new one.
    ///
    /// @param body in Markdown
    public record Order(
            String title, Optional<String> body, Optional<String> assignee, Optional<List<String>> labels) {}

    /// @param text in Markdown
    public record Remark(String text) {}

    /// What is to be another way; what is absent stays.
    ///
    /// @param state `open` or `closed`
    /// @param assignee empty text: nobody
    public record Change(
            Optional<String> title,
            Optional<String> body,
            Optional<String> state,
            Optional<String> assignee,
            Optional<List<String>> label,
            Optional<List<String>> unlabel) {
        public static Change to(String state) {
            return new Change(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(state),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }
}
