package dev.johwa.source.issue;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.issue.Issue.State;
import dev.johwa.source.issue.Story.Kind;
import dev.johwa.source.issue.Story.Reference;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// The issues of all projects. Safe for use by many threads.
public final class Issues {
    /// Who acts where no person did.
    public static final String PLATFORM = "johwa";

    private final Database database;
    private final Clock clock;

    public Issues(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// @throws dev.johwa.lib.problem.ProblemException `issue.full` when the project has too many
    public Issue open(String project, Draft draft) {
        return database.write(handle -> store(handle).add(project, draft, ""));
    }

    private IssueStore store(Handle handle) {
        return new IssueStore(handle, clock.now());
    }

    /// Which issues are wanted.
    ///
    /// @param state empty: open and closed ones
    /// @param text that title or body hold, in whatever case
    /// @param before those with smaller numbers only; 0: from the newest
    public record Wanted(
            Optional<State> state,
            Optional<String> label,
            Optional<String> assignee,
            Optional<String> text,
            int before,
            int limit) {
        public static Wanted open(int limit) {
            return new Wanted(Optional.of(State.OPEN), Optional.empty(), Optional.empty(), Optional.empty(), 0, limit);
        }
    }

    /// Newest first.
    public List<Issue> list(String project, Wanted wanted) {
        return database.read(handle -> store(handle).list(project, wanted));
    }

    /// How many are open.
    public int open(String project) {
        return database.read(handle -> store(handle).open(project));
    }

    public Optional<Issue> find(String project, int number) {
        return database.read(handle -> store(handle).find(project, number));
    }

    /// @throws dev.johwa.lib.problem.ProblemException `issue.unknown`
    public Issue require(String project, int number) {
        return find(project, number).orElseThrow(() -> unknown(project, number));
    }

    private static RuntimeException unknown(String project, int number) {
        return Problem.user("issue.unknown", "there is no issue #" + number + " of " + project)
                .hint("`johwa issues list " + project + " --all` lists them")
                .exception();
    }

    public Story story(String project, int number) {
        return database.read(handle -> store(handle).story(project, number));
    }

    /// @throws dev.johwa.lib.problem.ProblemException when there is no such issue, or nothing more goes into it
    public Issue comment(String project, int number, String by, String text) {
        var fitting = Limits.comment(text);
        return database.write(handle -> {
            var store = store(handle);
            require(store, project, number);
            store.note(new IssueStore.Note(project, number, by, Kind.COMMENTED, fitting));
            return require(store, project, number);
        });
    }

    /// What is so already changes nothing.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when there is no such issue, or it would get too many labels
    public Issue change(String project, int number, Change change, String by) {
        return database.write(handle -> {
            var store = store(handle);
            new Changing(store, by).change(require(store, project, number), change);
            return require(store, project, number);
        });
    }

    private static Issue require(IssueStore store, String project, int number) {
        return store.find(project, number).orElseThrow(() -> unknown(project, number));
    }

    /// What is said by itself of something that lasts.
    ///
    /// @param about the same as long as it lasts
    /// @param text in Markdown
    public record Word(String project, String about, String title, String text, List<String> labels) {
        public Word {
            labels = List.copyOf(labels);
        }
    }

    /// Opens an issue about something, or says it below the one that there is. One that we closed is opened again,
    /// one that a person closed stays so. Within the transaction that is handed in.
    public void say(Handle handle, Word word) {
        new Telling(store(handle)).say(word);
    }

    /// The last word: closes the issue about it, where one is open.
    public void over(Handle handle, Word word) {
        new Telling(store(handle)).over(word);
    }

    /// Whether there is an issue at all, so that others need not be looked for in what was pushed.
    public boolean areThere(String project) {
        return database.read(handle -> store(handle).areThere(project));
    }

    /// Notes commits that name issues; those that there are not, that are younger than the commit, or that are known
    /// to have it are left as they are.
    public void refer(String project, List<Referring> commits) {
        database.write(handle -> {
            commits.forEach(store(handle)::refer);
            return commits.size();
        });
    }

    /// A commit that names an issue.
    public record Referring(String project, int number, Reference commit) {}

    /// Commits that settle issues and are not live.
    public List<Referring> waiting(String project) {
        return database.read(handle -> store(handle).references(project, false));
    }

    /// Commits that settled issues when they went live.
    public List<Referring> settled(String project) {
        return database.read(handle -> store(handle).references(project, true));
    }

    /// A commit is live, which closes what it settles, with a word.
    public void live(Referring referring, Story.InRelease release, String word) {
        database.write(handle -> {
            var store = store(handle);
            if (store.live(referring, Optional.of(release))) {
                store.find(referring.project(), referring.number())
                        .filter(Issue::isOpen)
                        .ifPresent(issue -> new Changing(store, PLATFORM).state(issue, State.CLOSED, word));
            }
            return 0;
        });
    }

    /// A commit is live no more: what we closed for it is open again, with a word.
    public void notLive(Referring referring, String word) {
        database.write(handle -> {
            var store = store(handle);
            if (store.live(referring, Optional.empty()) && store.closedByUs(referring.project(), referring.number())) {
                store.find(referring.project(), referring.number())
                        .filter(issue -> !issue.isOpen())
                        .ifPresent(issue -> new Changing(store, PLATFORM).state(issue, State.OPEN, word));
            }
            return 0;
        });
    }

    /// Forgets those of projects that are no more.
    public void keepOnly(Set<String> projects) {
        database.write(handle -> {
            var store = store(handle);
            store.projects().stream().filter(each -> !projects.contains(each)).forEach(store::forget);
            return 0;
        });
    }
}
