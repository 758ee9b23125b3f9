package dev.johwa.door.web;

import dev.johwa.door.web.page.ReleaseView;
import dev.johwa.door.web.page.ReleasesView;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Effect;
import dev.johwa.serve.release.Release;
import dev.johwa.source.git.Commit;
import dev.johwa.source.identity.Permission;
import dev.johwa.watch.verdict.Explanation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Releases of a project: listed, shown, gone back to after a look at what that changes.
final class ReleasePages {
    private static final String RELEASES = "/{project}/releases";
    private static final int MOST = 100;

    private final Pages pages;
    private final WebRooms rooms;
    private final LongWorks works;
    private final Overviews overviews;
    private final Messages messages;

    ReleasePages(Pages pages, WebRooms rooms, LongWorks works, Overviews overviews, Messages messages) {
        this.pages = pages;
        this.rooms = rooms;
        this.works = works;
        this.overviews = overviews;
        this.messages = messages;
    }

    List<Route> all() {
        return List.of(
                Route.get(RELEASES, Access.READ, "Releases of a project", this::list),
                Route.get(RELEASES + "/{number}", Access.READ, "A release", this::show),
                Route.get(RELEASES + "/{number}/rollback", Access.OPERATE, "What going back changes", this::look),
                Route.post(RELEASES + "/{number}/rollback", Access.OPERATE, "Go back", this::rollBack),
                Route.get(RELEASES + "/{app}/{number}", Access.READ, "A release of an app", this::show),
                Route.get(RELEASES + "/{app}/{number}/rollback", Access.OPERATE, "What going back changes", this::look),
                Route.post(RELEASES + "/{app}/{number}/rollback", Access.OPERATE, "Go back", this::rollBack));
    }

    private void list(Call call) {
        var project = KnownProject.require(call, rooms);
        var visit = pages.visit(call);
        pages.show(call, visit, ReleasesView.page(visit, project, overviews.out(project, MOST)));
    }

    /// The release that the address names, wherever it went.
    private Release release(Call call) {
        var project = KnownProject.require(call, rooms);
        var app = call.context().pathParamMap().getOrDefault("app", project);
        int number = call.number("number");
        return rooms.releases()
                .find(project, app, number)
                .orElseThrow(() -> Problem.user(
                                "release.unknown",
                                "there is no release " + number + " of "
                                        + new AppEnvironment(project, app, AppEnvironment.PRODUCTION).name())
                        .hint("the page of releases lists them")
                        .exception());
    }

    private void show(Call call) {
        var release = release(call);
        var visit = pages.visit(call);
        pages.show(call, visit, ReleaseView.page(visit, story(call, release)));
    }

    private ReleaseView.Story story(Call call, Release release) {
        var project = release.where().project();
        var settings = release.settings();
        var previous = rooms.releases().previous(release);
        return new ReleaseView.Story(
                overviews.out(release),
                project,
                commits(project, previous.map(Release::commit), release.commit()),
                settings.values().keySet().stream().sorted().toList(),
                settings.processes().keySet().stream().sorted().toList(),
                rooms.vulnerabilities().get().glance(release).map(VulnerabilityItems::counts),
                effect(release),
                mayGoBack(call, release),
                CanaryPages.mayLead(call, rooms, release));
    }

    /// What of it the page does not tell already.
    private List<String> effect(Release release) {
        var watched = rooms.releaseWatch().find(release.where(), release.number());
        return watched.isEmpty()
                ? List.of()
                : new Explanation(rooms.releases(), rooms.repositories(), rooms.releaseWatch(), rooms.clock())
                        .of(release.where(), OptionalInt.of(release.number())).lines().stream()
                                .skip(2)
                                .toList();
    }

    private boolean mayGoBack(Call call, Release release) {
        return !release.current()
                && release.state() == Release.State.RETIRED
                && call.identity()
                        .filter(who -> who.may(
                                Permission.OPERATE, Optional.of(release.where().project())))
                        .isPresent();
    }

    private List<ReleaseView.Change> commits(String project, Optional<String> from, String to) {
        var repositories = rooms.repositories();
        boolean isKnown = repositories.exists(project)
                && repositories.resolve(project, to).isPresent()
                && from.filter(id -> repositories.resolve(project, id).isPresent())
                        .isPresent();
        return isKnown ? changes(project, repositories.between(project, from.orElseThrow(), to, MOST)) : List.of();
    }

    private List<ReleaseView.Change> changes(String project, List<Commit> commits) {
        var issues = messages.issues(project);
        return commits.stream()
                .map(commit -> new ReleaseView.Change(
                        commit.id(),
                        commit.subject(),
                        issues.in(commit.message()),
                        commit.author(),
                        commit.authoredAt()))
                .toList();
    }

    private void look(Call call) {
        var release = release(call);
        var effect = rooms.releases().effectOfRollback(release.where(), OptionalInt.of(release.number()));
        var visit = pages.visit(call);
        pages.show(call, visit, ReleaseView.look(visit, look(effect)));
    }

    private ReleaseView.Look look(Effect effect) {
        return new ReleaseView.Look(
                overviews.out(effect.goal()),
                effect.goal().where().project(),
                effect.now().map(Release::number),
                changes(effect.goal().where().project(), effect.commits()),
                effect.settings(),
                effect.changedData(),
                effect(effect.goal()));
    }

    private void rollBack(Call call) {
        var release = release(call);
        var where = release.where();
        var by = call.by();
        // Refused at once where it can be known at once.
        var _ = rooms.releases().effectOfRollback(where, OptionalInt.of(release.number()));
        var work = works.start(
                "rollback",
                where.project(),
                progress -> ReleaseRoutes.deployed(
                        rooms.releases().rollBack(where, OptionalInt.of(release.number()), false, by, progress)));
        Pages.go(call, WorkPages.address(work));
    }
}
