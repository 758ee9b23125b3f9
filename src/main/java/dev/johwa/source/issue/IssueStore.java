package dev.johwa.source.issue;

import dev.johwa.source.issue.Issue.State;
import dev.johwa.source.issue.Issues.Referring;
import dev.johwa.source.issue.Issues.Wanted;
import dev.johwa.source.issue.Story.Entry;
import dev.johwa.source.issue.Story.InRelease;
import dev.johwa.source.issue.Story.Kind;
import dev.johwa.source.issue.Story.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowViewMapper;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.SqlStatement;

/// Issues in the database, within one transaction.
final class IssueStore {
    private static final String ONE = " where project = :project and number = :number";
    private static final String COUNTED = "select issues.*, (select count(*) from issue_entries where"
            + " issue_entries.project = issues.project and issue_entries.number = issues.number"
            + " and kind = 'COMMENTED') as comments from issues";
    /// A clock where commits are made may be behind by as much.
    private static final Duration SLOW = Duration.ofHours(1);

    private static final RowViewMapper<Referring> REFERRING = row -> new Referring(
            row.getColumn("project", String.class), row.getColumn("number", Integer.class), reference(row));

    private final Handle handle;
    private final Instant now;

    IssueStore(Handle handle, Instant now) {
        this.handle = handle;
        this.now = now;
    }

    private <S extends SqlStatement<S>> S one(S statement, String project, int number) {
        return statement.bind("project", project).bind("number", number);
    }

    /// @param about empty, or what it tells of by itself
    Issue add(String project, Draft draft, String about) {
        if (isFull(project)) {
            throw Limits.full("the project " + project + " has " + Limits.ISSUES + " issues, and no room for more");
        }
        int number = newest(project) + 1;
        one(
                        handle.createUpdate(
                                "insert into issues (project, number, title, body, state, author, assignee, about,"
                                        + " closed_by, created_at, updated_at) values"
                                        + " (:project, :number, :title, :body, 'OPEN', :author, :assignee, :about, '', :now, :now)"),
                        project,
                        number)
                .bind("title", draft.title())
                .bind("body", draft.body())
                .bind("author", draft.author())
                .bind("assignee", draft.assignee())
                .bind("about", about)
                .bind("now", now)
                .execute();
        draft.labels().forEach(label -> addLabel(project, number, label));
        return find(project, number).orElseThrow();
    }

    boolean isFull(String project) {
        return newest(project) >= Limits.ISSUES;
    }

    private int newest(String project) {
        return handle.createQuery("select coalesce(max(number), 0) from issues where project = :project")
                .bind("project", project)
                .mapTo(Integer.class)
                .one();
    }

    private void addLabel(String project, int number, String label) {
        one(
                        handle.createUpdate("insert into issue_labels (project, number, label)"
                                + " values (:project, :number, :label)"),
                        project,
                        number)
                .bind("label", label)
                .execute();
    }

    Optional<Issue> find(String project, int number) {
        return one(handle.createQuery(COUNTED + ONE), project, number)
                .map(issue(labels(project, Optional.of(number))))
                .findOne();
    }

    Optional<Issue> about(String project, String about) {
        return handle.createQuery("select number from issues where project = :project and about = :about")
                .bind("project", project)
                .bind("about", about)
                .mapTo(Integer.class)
                .findOne()
                .flatMap(number -> find(project, number));
    }

    private Map<Integer, List<String>> labels(String project, Optional<Integer> number) {
        var found = new HashMap<Integer, List<String>>();
        handle.createQuery("select number, label from issue_labels where project = :project"
                        + (number.isPresent() ? " and number = :number" : "") + " order by label")
                .bind("project", project)
                .bind("number", number.orElse(0))
                .map((RowViewMapper<Map.Entry<Integer, String>>)
                        row -> Map.entry(row.getColumn("number", Integer.class), row.getColumn("label", String.class)))
                .forEach(each -> found.merge(each.getKey(), List.of(each.getValue()), IssueStore::both));
        return found;
    }

    private static List<String> both(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static RowViewMapper<Issue> issue(Map<Integer, List<String>> labels) {
        return row -> {
            int number = row.getColumn("number", Integer.class);
            return new Issue(
                    row.getColumn("project", String.class),
                    number,
                    row.getColumn("title", String.class),
                    row.getColumn("body", String.class),
                    State.valueOf(row.getColumn("state", String.class)),
                    row.getColumn("author", String.class),
                    row.getColumn("assignee", String.class),
                    labels.getOrDefault(number, List.of()),
                    row.getColumn("comments", Integer.class),
                    row.getColumn("created_at", Instant.class),
                    row.getColumn("updated_at", Instant.class),
                    Optional.ofNullable(row.getColumn("closed_at", Instant.class)));
        };
    }

    List<Issue> list(String project, Wanted wanted) {
        var sql = COUNTED + " where project = :project"
                + wanted.state().map(state -> " and state = :state").orElse("")
                + wanted.assignee().map(name -> " and assignee = :assignee").orElse("")
                + wanted.label()
                        .map(label -> " and exists (select 1 from issue_labels where issue_labels.project ="
                                + " issues.project and issue_labels.number = issues.number and label = :label)")
                        .orElse("")
                + wanted.text()
                        .map(text -> " and (lower(title) like :text escape '!' or lower(body) like :text escape '!')")
                        .orElse("")
                + (wanted.before() > 0 ? " and number < :before" : "")
                + " order by number desc limit :limit";
        return handle.createQuery(sql)
                .bind("project", project)
                .bind("state", wanted.state().map(State::name).orElse(""))
                .bind("assignee", wanted.assignee().orElse(""))
                .bind("label", wanted.label().orElse(""))
                .bind("text", like(wanted.text().orElse("")))
                .bind("before", wanted.before())
                .bind("limit", wanted.limit())
                .map(issue(labels(project, Optional.empty())))
                .list();
    }

    private static String like(String text) {
        return "%" + text.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%";
    }

    int open(String project) {
        return handle.createQuery("select count(*) from issues where project = :project and state = 'OPEN'")
                .bind("project", project)
                .mapTo(Integer.class)
                .one();
    }

    boolean areThere(String project) {
        return newest(project) > 0;
    }

    /// Something that happened to an issue.
    record Note(String project, int number, String by, Kind kind, String text) {}

    void note(Note note) {
        int last = one(
                        handle.createQuery("select coalesce(max(position), 0) from issue_entries" + ONE),
                        note.project(),
                        note.number())
                .mapTo(Integer.class)
                .one();
        if (last >= Limits.ENTRIES && note.kind() == Kind.COMMENTED) {
            throw Limits.full("issue #" + note.number() + " has " + last + " entries, and no room for more");
        }
        one(
                        handle.createUpdate(
                                "insert into issue_entries (project, number, position, at, author, kind, body)"
                                        + " values (:project, :number, :position, :now, :author, :kind, :body)"),
                        note.project(),
                        note.number())
                .bind("position", last + 1)
                .bind("now", now)
                .bind("author", note.by())
                .bind("kind", note.kind().name())
                .bind("body", note.text())
                .execute();
        one(handle.createUpdate("update issues set updated_at = :now" + ONE), note.project(), note.number())
                .bind("now", now)
                .execute();
    }

    /// @param column one of ours
    void set(Issue issue, String column, String value) {
        one(handle.createUpdate("update issues set " + column + " = :value" + ONE), issue.project(), issue.number())
                .bind("value", value)
                .execute();
    }

    void label(Issue issue, List<String> labels) {
        one(handle.createUpdate("delete from issue_labels" + ONE), issue.project(), issue.number())
                .execute();
        labels.forEach(label -> addLabel(issue.project(), issue.number(), label));
    }

    void state(Issue issue, State state, String by) {
        one(
                        handle.createUpdate(
                                "update issues set state = :state, closed_by = :by, closed_at = :closed" + ONE),
                        issue.project(),
                        issue.number())
                .bind("state", state.name())
                .bind("by", state == State.CLOSED ? by : "")
                .bind("closed", state == State.CLOSED ? now.toEpochMilli() : null)
                .execute();
    }

    boolean closedByUs(String project, int number) {
        return one(handle.createQuery("select closed_by from issues" + ONE), project, number)
                .mapTo(String.class)
                .findOne()
                .filter(Issues.PLATFORM::equals)
                .isPresent();
    }

    Story story(String project, int number) {
        var entries = one(
                        handle.createQuery("select * from issue_entries" + ONE + " order by position"), project, number)
                .map((RowViewMapper<Entry>) row -> new Entry(
                        row.getColumn("position", Integer.class),
                        row.getColumn("at", Instant.class),
                        row.getColumn("author", String.class),
                        Kind.valueOf(row.getColumn("kind", String.class)),
                        row.getColumn("body", String.class)))
                .list();
        var commits = one(
                        handle.createQuery("select * from issue_commits" + ONE + " order by committed_at, revision"),
                        project,
                        number)
                .map((RowViewMapper<Reference>) IssueStore::reference)
                .list();
        return new Story(entries, commits);
    }

    private static Reference reference(RowView row) {
        int release = row.getColumn("release_number", Integer.class);
        return new Reference(
                row.getColumn("revision", String.class),
                row.getColumn("subject", String.class),
                row.getColumn("author", String.class),
                row.getColumn("committed_at", Instant.class),
                row.getColumn("branch", String.class),
                row.getColumn("closes", Boolean.class),
                Optional.of(release)
                        .filter(number -> number > 0)
                        .map(found -> new InRelease(row.getColumn("release_app", String.class), found)));
    }

    /// A commit that is older than the issue speaks of another: history from elsewhere has its own numbers.
    void refer(Referring referring) {
        var commit = referring.commit();
        one(
                        handle.createUpdate(
                                "insert into issue_commits (project, number, revision, subject, author, committed_at,"
                                        + " branch, closes, release_app, release_number)"
                                        + " select :project, :number, :revision, :subject, :author, :at, :branch,"
                                        + " :closes, '', 0 from issues" + ONE + " and created_at <= :late"
                                        + " on conflict (project, number, revision) do nothing"),
                        referring.project(),
                        referring.number())
                .bind("revision", commit.commit())
                .bind("subject", commit.subject())
                .bind("author", commit.author())
                .bind("at", commit.committedAt())
                .bind("late", commit.committedAt().plus(SLOW))
                .bind("branch", commit.branch())
                .bind("closes", commit.closes())
                .execute();
    }

    List<Referring> references(String project, boolean isLive) {
        return handle.createQuery("select * from issue_commits where project = :project and closes and "
                        + (isLive ? "release_number > 0" : "release_number = 0") + " order by committed_at, revision")
                .bind("project", project)
                .map(REFERRING)
                .list();
    }

    /// @return whether it was another way before
    boolean live(Referring referring, Optional<InRelease> release) {
        return one(
                                handle.createUpdate(
                                        "update issue_commits set release_app = :app, release_number = :release" + ONE
                                                + " and revision = :revision and release_number "
                                                + (release.isPresent() ? "= 0" : "> 0")),
                                referring.project(),
                                referring.number())
                        .bind("app", release.map(InRelease::app).orElse(""))
                        .bind("release", release.map(InRelease::number).orElse(0))
                        .bind("revision", referring.commit().commit())
                        .execute()
                > 0;
    }

    List<String> projects() {
        return handle.createQuery("select distinct project from issues")
                .mapTo(String.class)
                .list();
    }

    void forget(String project) {
        for (var table : List.of("issue_commits", "issue_entries", "issue_labels", "issues")) {
            handle.createUpdate("delete from " + table + " where project = :project")
                    .bind("project", project)
                    .execute();
        }
    }
}
