package dev.johwa.door.web;

import dev.johwa.door.api.LinkList;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.AppStatus;
import dev.johwa.serve.release.Releases;
import dev.johwa.serve.router.Pass;
import dev.johwa.source.identity.Identity;
import dev.johwa.source.identity.ShareLink;
import dev.johwa.source.identity.ShareLink.Place;
import dev.johwa.source.identity.Visitors;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Links to what not everybody sees: listed, made, withdrawn.
final class LinkRoutes {
    private static final String PATH = "/api/v1/apps/{project}/{app}/links";

    private final Visitors visitors;
    private final Releases releases;
    private final Clock clock;

    LinkRoutes(Visitors visitors, Releases releases, Clock clock) {
        this.visitors = visitors;
        this.releases = releases;
        this.clock = clock;
    }

    List<Route> all() {
        return List.of(
                Route.get(PATH, Access.OPERATE, "Links that let people in without a log-in", this::list)
                        .query("environment", "production by default")
                        .gives(LinkList.class),
                Route.post(PATH, Access.OPERATE, "Make a link", this::share)
                        .takes(LinkList.Order.class)
                        .gives(201, LinkList.Made.class),
                Route.delete(PATH + "/{id}", Access.OPERATE, "Withdraw a link", this::withdraw)
                        .query("environment", "production by default")
                        .gives(204, Void.class));
    }

    private void list(Call call) {
        var where = where(call, call.query("environment"));
        var links = visitors.links(place(where)).stream().map(LinkRoutes::item).toList();
        call.answer(new LinkList(releases.isGuarded(where), links));
    }

    private static AppEnvironment where(Call call, Optional<String> environment) {
        return ReleaseRoutes.where(call, environment.orElse(AppEnvironment.PRODUCTION));
    }

    private static Place place(AppEnvironment where) {
        return new Place(where.project(), where.app(), where.environment());
    }

    private static LinkList.Item item(ShareLink link) {
        return new LinkList.Item(link.id(), link.by(), link.since(), link.until());
    }

    private void share(Call call) throws IOException {
        var order = call.body(LinkList.Order.class);
        var where = where(call, Optional.ofNullable(order.environment()));
        var url = releases.status(Optional.of(where.project())).stream()
                .filter(status -> status.where().equals(where))
                .map(AppStatus::url)
                .findFirst()
                .orElseThrow(() -> UnknownApp.problem(call, releases, where));
        var now = clock.now();
        var holds = Duration.between(
                now, Since.ahead(Optional.ofNullable(order.expires()).orElse("7d"), now));
        Identity by = call.identity().orElseThrow();
        var made = visitors.share(place(where), by, holds);
        releases.reroute();
        call.answer(
                201,
                new LinkList.Made(
                        made.link().id(),
                        url + "?" + Pass.SHARE + "=" + made.token(),
                        made.link().until(),
                        releases.isGuarded(where)));
    }

    private void withdraw(Call call) {
        var where = where(call, call.query("environment"));
        if (!visitors.withdraw(place(where), call.path("id"))) {
            throw Problem.user("link.unknown", "there is no link " + call.path("id") + " of " + where)
                    .hint("`johwa open --links` lists them")
                    .exception();
        }
        releases.reroute();
        call.nothing();
    }
}
