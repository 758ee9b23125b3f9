package dev.johwa.door.web;

import dev.johwa.door.api.IssueList;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Near;
import dev.johwa.source.identity.Person;
import dev.johwa.source.issue.Change;
import dev.johwa.source.issue.Draft;
import dev.johwa.source.issue.Issue;
import dev.johwa.source.issue.Issue.State;
import dev.johwa.source.issue.Issues;
import dev.johwa.source.issue.Story;
import dev.johwa.watch.issue.Whereabouts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Issues of projects. Who may look at a project reads them, who may push to it writes.
final class IssueRoutes {
    private static final String PATH = "/api/v1/projects/{project}/issues";
    private static final String ONE = PATH + "/{number}";
    private static final int MOST = 200;

    private final WebRooms rooms;
    private final Issues issues;

    IssueRoutes(WebRooms rooms) {
        this.rooms = rooms;
        this.issues = rooms.issues();
    }

    List<Route> all() {
        return List.of(
                Route.get(PATH, Access.READ, "Issues of a project, newest first", this::list)
                        .query("state", "`open` (by default), `closed` or `all`")
                        .query("label", "those that have it")
                        .query("assignee", "those that this person looks after")
                        .query("text", "those whose title or text holds this")
                        .query("after", "those behind this number")
                        .query("limit", "at most so many; 50 by default")
                        .gives(IssueList.class),
                Route.post(PATH, Access.PUSH, "Open an issue", this::open)
                        .takes(IssueList.Order.class)
                        .gives(201, IssueList.Item.class),
                Route.get(ONE, Access.READ, "An issue, with all that happened to it", this::show)
                        .gives(IssueList.Whole.class),
                Route.post(ONE, Access.PUSH, "Change an issue: title, text, state, assignee, labels", this::change)
                        .takes(IssueList.Change.class)
                        .gives(IssueList.Item.class),
                Route.post(ONE + "/comments", Access.PUSH, "Say something about an issue", this::comment)
                        .takes(IssueList.Remark.class)
                        .gives(201, IssueList.Item.class));
    }

    private void list(Call call) {
        call.answer(listed(call, KnownProject.require(call, rooms)));
    }

    /// Those that the query asks for.
    IssueList listed(Call call, String project) {
        int limit = call.queryNumber("limit", 50, MOST);
        var wanted = new Issues.Wanted(
                state(call.query("state").orElse("open")),
                call.query("label"),
                call.query("assignee"),
                call.query("text"),
                call.queryNumber("after").orElse(0),
                limit + 1);
        var found = issues.list(project, wanted).stream().map(IssueRoutes::item).toList();
        var shown = found.subList(0, Math.min(limit, found.size()));
        var next = found.size() > limit ? Optional.of(shown.getLast().number()) : Optional.<Integer>empty();
        var home = rooms.connections()
                .find(project)
                .flatMap(connection -> connection.issues().all());
        return new IssueList(shown, issues.open(project), next, home);
    }

    private static Optional<State> state(String word) {
        return switch (word) {
            case "open" -> Optional.of(State.OPEN);
            case "closed" -> Optional.of(State.CLOSED);
            case "all" -> Optional.empty();
            case String _ ->
                throw Problem.user("issue.state", "'" + word + "' is no state of an issue")
                        .hint(Near.question(word, List.of("open", "closed", "all"))
                                .orElse("choose open, closed or all"))
                        .exception();
        };
    }

    static IssueList.Item item(Issue issue) {
        return new IssueList.Item(
                issue.project(),
                issue.number(),
                issue.title(),
                issue.state().word(),
                issue.author(),
                Optional.of(issue.assignee()).filter(name -> !name.isEmpty()),
                issue.labels(),
                issue.comments(),
                issue.createdAt(),
                issue.updatedAt(),
                issue.closedAt());
    }

    private void show(Call call) {
        call.answer(whole(KnownProject.require(call, rooms), call.number("number")));
    }

    IssueList.Whole whole(String project, int number) {
        var issue = issues.require(project, number);
        var story = issues.story(project, number);
        var entries = story.entries().stream()
                .map(entry ->
                        new IssueList.Entry(entry.at(), entry.by(), entry.kind().word(), entry.text()))
                .toList();
        var commits = story.commits().stream().map(IssueRoutes::commit).toList();
        return new IssueList.Whole(item(issue), issue.body(), entries, commits, way(project, story));
    }

    private static IssueList.Commit commit(Story.Reference reference) {
        return new IssueList.Commit(
                reference.commit(),
                reference.subject(),
                reference.author(),
                reference.committedAt(),
                reference.branch(),
                reference.closes(),
                reference.live().map(Story.InRelease::number));
    }

    private Optional<IssueList.Way> way(String project, Story story) {
        if (story.commits().isEmpty()) {
            return Optional.empty();
        }
        var way =
                new Whereabouts(rooms.repositories(), rooms.pipelines(), rooms.releases()).of(project, story.commits());
        return Optional.of(new IssueList.Way(
                way.branches(),
                way.run().map(Whereabouts.Tested::number),
                way.places().stream()
                        .map(place -> new IssueList.Place(
                                place.app(), place.environment(), place.release(), place.live(), place.healthy()))
                        .toList()));
    }

    private void open(Call call) throws IOException {
        var project = KnownProject.require(call, rooms);
        var order = call.body(IssueList.Order.class);
        var draft = new Draft(
                Optional.ofNullable(order.title()).orElse(""),
                order.body().orElse(""),
                order.labels().orElse(List.of()),
                person(order.assignee().orElse("")),
                call.by());
        call.answer(201, item(issues.open(project, draft)));
    }

    private void change(Call call) throws IOException {
        var project = KnownProject.require(call, rooms);
        var asked = call.body(IssueList.Change.class);
        var change = new Change(
                asked.title(),
                asked.body(),
                asked.state().flatMap(IssueRoutes::state),
                asked.assignee().map(this::person),
                asked.label().orElse(List.of()),
                asked.unlabel().orElse(List.of()));
        call.answer(item(issues.change(project, call.number("number"), change, call.by())));
    }

    /// Somebody who works here; any name where nobody has one yet.
    String person(String name) {
        var names = rooms.people().list().stream().map(Person::name).toList();
        if (name.isBlank() || names.isEmpty() || names.contains(name.strip())) {
            return name;
        }
        throw Problem.user("issue.assignee", "nobody here is called '" + name + "'")
                .hint(Near.question(name, names).orElse("`johwa people` lists who works here"))
                .exception();
    }

    private void comment(Call call) throws IOException {
        var project = KnownProject.require(call, rooms);
        var said = call.body(IssueList.Remark.class);
        var text = Optional.ofNullable(said.text()).orElse("");
        call.answer(201, item(issues.comment(project, call.number("number"), call.by(), text)));
    }
}
