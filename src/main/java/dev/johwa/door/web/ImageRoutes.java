package dev.johwa.door.web;

import dev.johwa.build.base.BaseImages;
import dev.johwa.build.registry.Registry;
import dev.johwa.build.registry.RepositoryName;
import dev.johwa.door.api.ImageList;
import java.util.List;

/// Images of projects, for people and programs that ask the platform rather than a registry.
final class ImageRoutes {
    private final WebRooms rooms;
    private final Registry registry;

    ImageRoutes(WebRooms rooms) {
        this.rooms = rooms;
        this.registry = rooms.registry();
    }

    List<Route> all() {
        return List.of(Route.get("/api/v1/images/{project}", Access.READ, "Images that were pushed", this::list)
                .gives(ImageList.class));
    }

    private void list(Call call) {
        var project = call.path("project");
        var repositories = registry.repositories().stream()
                .filter(name -> name.project().equals(project))
                .map(this::repository)
                .toList();
        if (repositories.isEmpty() && !project.equals(BaseImages.PROJECT)) {
            KnownProject.require(call, rooms);
        }
        call.answer(new ImageList(repositories, registry.usage(project), registry.quota()));
    }

    private ImageList.Repository repository(RepositoryName name) {
        var tags = registry.manifests().tagged(name).entrySet().stream()
                .map(entry -> new ImageList.Tag(entry.getKey(), entry.getValue().text()))
                .toList();
        var changes = registry.manifests().changes(name).stream()
                .map(change -> new ImageList.Change(change.tag(), change.from(), change.to(), change.by(), change.at()))
                .toList();
        return new ImageList.Repository(name.text(), tags, changes);
    }
}
