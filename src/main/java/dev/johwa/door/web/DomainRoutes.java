package dev.johwa.door.web;

import dev.johwa.door.api.DomainList;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.domain.Domain;
import dev.johwa.serve.domain.DomainStatus;
import dev.johwa.serve.domain.Domains;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Releases;
import dev.johwa.source.identity.Permission;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Names that people point here. Whose they are decides who may change them; those of the platform are the owners'.
final class DomainRoutes {
    private static final String PATH = "/api/v1/domains";

    private final Domains domains;
    private final Releases releases;

    DomainRoutes(Domains domains, Releases releases) {
        this.domains = domains;
        this.releases = releases;
    }

    List<Route> all() {
        return List.of(
                Route.get(PATH, Access.SIGNED_IN, "Names, where they point, and their certificates", this::list)
                        .gives(DomainList.class),
                Route.post(PATH, Access.SIGNED_IN, "Add a name", this::add)
                        .takes(DomainList.Order.class)
                        .gives(201, DomainList.Item.class),
                Route.delete(PATH + "/{name}", Access.SIGNED_IN, "Remove a name", this::remove)
                        .gives(204, Void.class));
    }

    private void list(Call call) {
        call.answer(new DomainList(domains.list().stream()
                .filter(each -> each.domain().project().isEmpty()
                        || call.maySee(each.domain().project()))
                .map(DomainRoutes::item)
                .toList()));
    }

    private static DomainList.Item item(DomainStatus status) {
        var domain = status.domain();
        var where = new AppEnvironment(domain.project(), domain.app(), domain.environment());
        boolean hasApp = !domain.project().isEmpty();
        return new DomainList.Item(
                domain.name(),
                hasApp ? Optional.of(where.name()) : Optional.empty(),
                hasApp ? Optional.of(where.environment()) : Optional.empty(),
                status.pointsHere(),
                status.pointsTo(),
                status.certificate(),
                status.until(),
                status.problem());
    }

    private void add(Call call) throws IOException {
        var order = call.body(DomainList.Order.class);
        if (order.name() == null) {
            throw Problem.user("domain.name", "no name was given").exception();
        }
        require(call, order.project());
        if (order.certificate().isPresent() != order.key().isPresent()) {
            throw Problem.user("domain.certificate", "a certificate and its key go together")
                    .hint("send both, or neither")
                    .exception();
        }
        var project = order.project().orElse("");
        var app = order.app().orElse(project);
        var environment = project.isEmpty() ? "" : order.environment().orElse(AppEnvironment.PRODUCTION);
        var where = new AppEnvironment(project, app, environment);
        if (!project.isEmpty() && releases.list(where).isEmpty()) {
            throw UnknownApp.problem(call, releases, where);
        }
        var given = order.certificate()
                .map(text -> new Domains.Given(text, order.key().orElse("")));
        var added = domains.add(new Domain(order.name(), project, app, environment, order.force()), given);
        call.answer(201, item(added));
    }

    private static void require(Call call, Optional<String> project) {
        call.require(project.isPresent() ? Permission.OPERATE : Permission.ADMINISTER, project);
    }

    private void remove(Call call) {
        var name = call.path("name");
        var found = domains.find(name)
                .orElseThrow(() -> Problem.user("domain.unknown", "no name " + name + " was added")
                        .hint("`johwa domains` lists them; those of johwa.yaml are removed there")
                        .exception());
        require(call, Optional.of(found.project()).filter(project -> !project.isEmpty()));
        domains.remove(name);
        call.nothing();
    }
}
