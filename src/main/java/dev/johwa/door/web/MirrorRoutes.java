package dev.johwa.door.web;

import dev.johwa.build.registry.Mirrors;
import dev.johwa.door.api.MirrorList;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.git.Repositories;
import java.io.IOException;
import java.util.List;

/// Other registries that are pulled from through this one.
final class MirrorRoutes {
    private static final String PATH = "/api/v1/mirrors";

    private final WebRooms rooms;

    MirrorRoutes(WebRooms rooms) {
        this.rooms = rooms;
    }

    List<Route> all() {
        return List.of(
                Route.get(PATH, Access.ADMINISTER, "Registries that are pulled from through this one", this::list)
                        .gives(MirrorList.class),
                Route.post(PATH, Access.ADMINISTER, "Pull from another registry through this one", this::add)
                        .takes(MirrorList.Item.class)
                        .gives(MirrorList.Item.class),
                Route.delete(PATH + "/{name}", Access.ADMINISTER, "Pull from there no longer", this::remove)
                        .gives(204, Void.class));
    }

    private Mirrors mirrors() {
        return rooms.registry().mirrors();
    }

    private void list(Call call) {
        call.answer(new MirrorList(mirrors().all().entrySet().stream()
                .map(entry ->
                        new MirrorList.Item(entry.getKey(), entry.getValue().toString()))
                .toList()));
    }

    private void add(Call call) throws IOException {
        var item = call.body(MirrorList.Item.class);
        Repositories projects = rooms.repositories();
        projects.requireName(item.name());
        boolean isTaken = projects.exists(item.name())
                || (!mirrors().isMirror(item.name())
                        && rooms.registry().repositories().stream()
                                .anyMatch(name -> name.project().equals(item.name())));
        if (isTaken) {
            throw Problem.user("mirror.taken", "'" + item.name() + "' is a project here")
                    .hint("choose another name for the other registry, such as hub")
                    .exception();
        }
        mirrors().add(item.name(), item.url());
        call.answer(item);
    }

    private void remove(Call call) {
        if (!mirrors().remove(call.path("name"))) {
            throw Problem.user("mirror.unknown", "there is no mirror '" + call.path("name") + "'")
                    .hint("`johwa images mirror` lists them")
                    .exception();
        }
        call.nothing();
    }
}
