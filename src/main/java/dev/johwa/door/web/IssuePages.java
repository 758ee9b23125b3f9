package dev.johwa.door.web;

import dev.johwa.door.web.page.IssueView;
import dev.johwa.door.web.page.IssuesView;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.identity.Permission;
import dev.johwa.source.issue.Change;
import dev.johwa.source.issue.Draft;
import dev.johwa.source.issue.Issue;
import dev.johwa.source.issue.Issue.State;
import dev.johwa.source.issue.Issues;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Issues for people: the list, one of them, a new one, a comment. All of it works without script.
final class IssuePages {
    private static final String LIST = "/{project}/issues";
    private static final String ONE = LIST + "/{number}";
    private static final String NEW = "/{project}/new-issue";

    private final Pages pages;
    private final WebRooms rooms;
    private final Issues issues;
    private final IssueRoutes routes;

    IssuePages(Pages pages, WebRooms rooms) {
        this.pages = pages;
        this.rooms = rooms;
        this.issues = rooms.issues();
        this.routes = new IssueRoutes(rooms);
    }

    List<Route> all() {
        return List.of(
                Route.get(LIST, Access.READ, "Issues of a project", this::list),
                Route.get(ONE, Access.READ, "An issue", this::show),
                Route.get(NEW, Access.PUSH, "The form for a new issue", this::form),
                Route.post(NEW, Access.PUSH, "Open an issue", this::open),
                Route.post(ONE + "/comment", Access.PUSH, "Say something, close it, open it again", this::comment),
                Route.post(ONE + "/change", Access.PUSH, "Change it", this::change));
    }

    private static boolean mayWrite(Call call, String project) {
        return call.identity()
                .filter(who -> who.may(Permission.PUSH, Optional.of(project)))
                .isPresent();
    }

    private void list(Call call) {
        var project = KnownProject.require(call, rooms);
        var asked = new IssuesView.Asked(
                project, call.query("state").orElse("open"), call.query("text").orElse(""), mayWrite(call, project));
        var list = routes.listed(call, project);
        var visit = pages.visit(call);
        pages.show(call, visit, IssuesView.page(visit, asked, list));
    }

    private void show(Call call) {
        show(call, 200, Optional.empty(), "");
    }

    private void show(Call call, int status, Optional<String> wrong, String said) {
        var project = KnownProject.require(call, rooms);
        var whole = routes.whole(project, call.number("number"));
        var visit = pages.visit(call);
        var graphs = new IssueGraphs(rooms, visit, project);
        var state = new IssueView.State(whole, graphs::of, mayWrite(call, project), wrong, said);
        pages.show(call, visit, status, IssueView.page(visit, state));
    }

    private void form(Call call) {
        var project = KnownProject.require(call, rooms);
        var visit = pages.visit(call);
        pages.show(call, visit, IssuesView.draft(visit, project, IssuesView.Draft.NEW));
    }

    private void open(Call call) {
        var project = KnownProject.require(call, rooms);
        var title = call.form("title");
        var body = unix(call.form("body"));
        var labels = call.form("labels");
        try {
            var issue =
                    issues.open(project, new Draft(title, body, split(labels).toList(), "", call.by()));
            Pages.go(call, address(issue));
        } catch (ProblemException e) {
            var visit = pages.visit(call);
            var draft = new IssuesView.Draft(title, body, labels, Optional.of(visit.wrong("issues", e.problem())));
            pages.show(call, visit, 422, IssuesView.draft(visit, project, draft));
        }
    }

    /// Browsers end lines of forms in their own way.
    private static String unix(String text) {
        return text.replace("\r\n", "\n");
    }

    private static Stream<String> split(String labels) {
        return Stream.of(labels.split(",")).map(String::strip).filter(label -> !label.isEmpty());
    }

    private static String address(Issue issue) {
        return "/" + issue.project() + "/issues/" + issue.number();
    }

    private void comment(Call call) {
        var project = KnownProject.require(call, rooms);
        int number = call.number("number");
        var issue = issues.require(project, number);
        var text = unix(call.form("text"));
        var state = Stream.of(State.values())
                .filter(each -> each.word().equals(call.form("state")))
                .findFirst();
        try {
            if (state.isEmpty() || !text.isBlank()) {
                issues.comment(project, number, call.by(), text);
            }
            state.ifPresent(wanted -> issues.change(project, number, Change.to(wanted), call.by()));
            Pages.go(call, address(issue));
        } catch (ProblemException e) {
            show(call, 422, Optional.of(pages.visit(call).wrong("issues", e.problem())), text);
        }
    }

    private void change(Call call) {
        var project = KnownProject.require(call, rooms);
        var issue = issues.require(project, call.number("number"));
        try {
            var labels = split(call.form("labels")).toList();
            var change = new Change(
                    Optional.of(call.form("title")),
                    Optional.of(unix(call.form("body"))),
                    Optional.empty(),
                    Optional.of(routes.person(call.form("assignee"))),
                    labels,
                    issue.labels().stream()
                            .filter(label -> !labels.contains(label))
                            .toList());
            issues.change(project, issue.number(), change, call.by());
            Pages.go(call, address(issue));
        } catch (ProblemException e) {
            show(call, 422, Optional.of(pages.visit(call).wrong("issues", e.problem())), "");
        }
    }
}
