package dev.johwa.door.web;

import dev.johwa.door.api.ConnectionList;
import dev.johwa.door.api.Operation;
import dev.johwa.lib.http.OwnAddresses;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.domain.Domains;
import dev.johwa.source.git.Progress;
import dev.johwa.source.host.Connection;
import dev.johwa.source.host.Connection.Kind;
import dev.johwa.source.host.Connections;
import dev.johwa.source.host.Pull;
import dev.johwa.source.identity.Permission;
import dev.johwa.watch.notice.HomeIssues;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Projects whose home is a git host elsewhere.
final class ConnectionRoutes {
    private static final String PATH = "/api/v1/connections";
    private static final String ONE = PATH + "/{project}";
    private static final String NO_HOOK = "none";

    private final Connections connections;
    private final Domains domains;
    private final HomeIssues issues;
    private final LongWorks works;

    ConnectionRoutes(WebRooms rooms, LongWorks works) {
        this.connections = rooms.connections();
        this.domains = rooms.domains();
        this.issues = new HomeIssues(rooms.notices());
        this.works = works;
    }

    List<Route> all() {
        return List.of(
                Route.get(PATH, Access.SIGNED_IN, "Projects whose home is elsewhere, and how they stand", this::list)
                        .gives(ConnectionList.class),
                Route.post(PATH, Access.SIGNED_IN, "Connect a project to a repository elsewhere", this::connect)
                        .takes(ConnectionList.Order.class)
                        .gives(202, Operation.class),
                Route.get(ONE + "/hook", Access.OPERATE, "What the host is given to send webhooks", this::hook)
                        .gives(ConnectionList.Hook.class),
                Route.post(ONE + "/hook/rotate", Access.OPERATE, "Make another secret for webhooks", this::rotate)
                        .gives(ConnectionList.Rotated.class),
                Route.post(ONE + "/sync", Access.OPERATE, "Look at the host now", this::sync)
                        .gives(202, Operation.class),
                Route.post(ONE + "/pulls/{number}/approve", Access.OPERATE, "Let a fork's commit run", this::approve)
                        .gives(ConnectionList.Pull.class),
                Route.delete(ONE, Access.OPERATE, "Make it a project of its own", this::remove)
                        .gives(202, Operation.class));
    }

    private void list(Call call) {
        call.answer(new ConnectionList(connections.list().stream()
                .filter(each -> call.maySee(each.project()))
                .map(this::item)
                .toList()));
    }

    private ConnectionList.Item item(Connection connection) {
        var home = connection.home();
        var standing = connection.standing();
        var times = connection.times();
        return new ConnectionList.Item(
                connection.project(),
                home.url(),
                Words.lower(home.kind()),
                Words.lower(home.login()),
                Optional.of(home.publicKey()).filter(key -> !key.isEmpty()),
                standing.state().word(),
                connection.isTold() ? "webhook" : "polling",
                connection.wish().afterChecks(),
                Optional.of(standing.why()).filter(text -> !text.isEmpty()),
                Optional.of(standing.next()).filter(text -> !text.isEmpty()),
                standing.since(),
                standing.until(),
                times.looked(),
                times.heard(),
                Optional.of(standing.note()).filter(text -> !text.isEmpty()),
                connection.issues().all(),
                connections.waiting(connection.project()),
                connections.pulls(connection.project()).stream()
                        .map(ConnectionRoutes::pull)
                        .toList());
    }

    private static ConnectionList.Pull pull(Pull pull) {
        return new ConnectionList.Pull(
                pull.number(),
                pull.title(),
                pull.author(),
                pull.head(),
                pull.isApproved(),
                Optional.of(pull.approvedBy()).filter(name -> pull.isApproved()));
    }

    private void connect(Call call) throws IOException {
        var asked = call.body(ConnectionList.Order.class);
        if (asked.url() == null) {
            throw Problem.user("connect.address", "no address was given").exception();
        }
        var order = new Connections.Order(
                asked.url(),
                asked.name().orElse(""),
                asked.token().orElse(""),
                asked.deployKey(),
                asked.afterChecks(),
                hookBase(call, asked),
                call.by(),
                call.may(Permission.ADMINISTER));
        call.require(Permission.OPERATE, Optional.of(order.project()));
        var work = works.start("connect", order.project(), progress -> {
            var made = connections.connect(order, progress);
            if (!order.token().isEmpty() && made.connection().home().kind() != Kind.GIT) {
                openIssuesThere(order, progress);
            }
            return new ConnectionList.Made(item(made.connection()), made.hook().isPresent());
        });
        call.answer(202, work.operation());
    }

    private void openIssuesThere(Connections.Order order, Progress progress) {
        try {
            issues.openThere(order.project(), order.by())
                    .ifPresent(added -> progress.say("What goes wrong opens an issue at " + added.shown()
                            + " (johwa notify remove " + added.id() + " keeps those here)"));
        } catch (ProblemException e) {
            progress.say("What goes wrong opens its issues here: " + e.getMessage()
                    + "; when that is mended: johwa notify add issue --project " + order.project());
        }
    }

    /// Where the host reaches us: as the person said, by the name that the server has, or as the person reached us.
    private String hookBase(Call call, ConnectionList.Order asked) {
        var said = asked.webhook().map(text -> text.replaceFirst("/+$", ""));
        if (said.isPresent()) {
            return said.get().equals(NO_HOOK) ? "" : said.get();
        }
        var named = domains.controlUrl();
        if (!named.isEmpty()) {
            return named;
        }
        var host = URI.create(call.base()).getHost();
        return host == null || OwnAddresses.isLoopback(host + ":0") ? "" : call.base();
    }

    private void hook(Call call) {
        var hook = connections.hook(call.path("project"));
        call.answer(new ConnectionList.Hook(hook.url(), hook.secret()));
    }

    private void rotate(Call call) {
        var rotated = connections.rotate(call.path("project"));
        var hook = rotated.hook();
        call.answer(new ConnectionList.Rotated(new ConnectionList.Hook(hook.url(), hook.secret()), rotated.why()));
    }

    private void sync(Call call) {
        var project = call.path("project");
        connections.require(project);
        var work = works.start("sync", project, progress -> item(connections.sync(project, progress)));
        call.answer(202, work.operation());
    }

    private void approve(Call call) {
        call.answer(pull(connections.approve(call.path("project"), call.number("number"), call.by())));
    }

    private void remove(Call call) {
        var project = call.path("project");
        var item = item(connections.require(project));
        var work = works.start("disconnect", project, progress -> {
            connections.remove(project, progress);
            issues.openHere(project);
            return item;
        });
        call.answer(202, work.operation());
    }
}
