package dev.johwa.door.web;

import dev.johwa.door.web.page.CanaryView;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Canary.Underway;
import dev.johwa.serve.release.Release;
import dev.johwa.source.config.Rollout;
import dev.johwa.source.identity.Permission;
import dev.johwa.watch.verdict.Explanation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// A release that gets some of the requests: how it stands, and what a person makes of it.
final class CanaryPages {
    private static final String ONE = "/{project}/releases/{number}/canary";
    private static final String OF_APP = "/{project}/releases/{app}/{number}/canary";

    private final Pages pages;
    private final WebRooms rooms;
    private final LongWorks works;

    CanaryPages(Pages pages, WebRooms rooms, LongWorks works) {
        this.pages = pages;
        this.rooms = rooms;
        this.works = works;
    }

    List<Route> all() {
        return List.of(
                Route.get(ONE, Access.OPERATE, "How a canary stands", this::look),
                Route.post(ONE, Access.OPERATE, "Take a canary on, or end it", this::act),
                Route.get(OF_APP, Access.OPERATE, "How a canary of an app stands", this::look),
                Route.post(OF_APP, Access.OPERATE, "Take a canary of an app on, or end it", this::act));
    }

    /// Whether a release is one, and whoever looks may do something about it.
    static boolean mayLead(Call call, WebRooms rooms, Release release) {
        return rooms.releases().canaries().of(release.where(), release.number()).isPresent()
                && call.identity()
                        .filter(who -> who.may(
                                Permission.OPERATE, Optional.of(release.where().project())))
                        .isPresent();
    }

    private Underway underway(Call call) {
        var project = KnownProject.require(call, rooms);
        var app = call.context().pathParamMap().getOrDefault("app", project);
        int number = call.number("number");
        return rooms.releases().canaries().list().stream()
                .filter(each -> each.canary().where().project().equals(project)
                        && each.canary().where().app().equals(app)
                        && each.canary().release() == number)
                .findFirst()
                .orElseThrow(() -> Problem.user(
                                "promote.nothing", "release " + number + " of " + app + " is no canary by now")
                        .hint("the page of releases tells what serves")
                        .exception());
    }

    private int serving(AppEnvironment where) {
        return rooms.releases().current(where).map(Release::number).orElse(0);
    }

    private void look(Call call) {
        var underway = underway(call);
        var where = underway.canary().where();
        var told = new Explanation(rooms.releases(), rooms.repositories(), rooms.releaseWatch(), rooms.clock())
                .of(where, OptionalInt.of(underway.canary().release()));
        var visit = pages.visit(call);
        var page = new CanaryView.Page(
                where.project(),
                where.app(),
                where.environment(),
                underway.canary().release(),
                underway.canary().step(),
                serving(where),
                underway.text(),
                underway.next().map(CanaryPages::next),
                told.lines());
        pages.show(call, visit, CanaryView.page(visit, page));
    }

    private static CanaryView.Next next(Rollout.Step step) {
        var share = step.header().isEmpty() ? OptionalDouble.of(step.share() / 100.0) : OptionalDouble.empty();
        return new CanaryView.Next(step.text(), share);
    }

    private void act(Call call) {
        var canary = underway(call).canary();
        var where = canary.where();
        var by = call.by();
        int serving = serving(where);
        var work = switch (call.form("act")) {
            case "end" ->
                // By its number: where it has ended meanwhile, nothing more is gone back.
                works.start(
                        "rollback",
                        where.project(),
                        progress -> ReleaseRoutes.deployed(
                                rooms.releases().rollBack(where, OptionalInt.of(serving), false, by, progress)));
            case "promote", "step" -> {
                // As the page showed it.
                var step = call.form("act").equals("step")
                        ? OptionalInt.of(Call.number("at", call.form("at")))
                        : OptionalInt.empty();
                yield works.start(
                        "promote",
                        where.project(),
                        progress -> ReleaseRoutes.deployed(
                                rooms.releases().canaries().promote(where, canary.release(), step, progress)));
            }
            case String other ->
                throw Problem.user("canary.act", "'" + other + "' is nothing that is done with a canary")
                        .hint("it is promote, step or end")
                        .exception();
        };
        Pages.go(call, WorkPages.address(work));
    }
}
