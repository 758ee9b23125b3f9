package dev.johwa.door.cli.local;

import dev.johwa.door.cli.Session;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.eject.EjectedApp;
import dev.johwa.source.eject.EjectedProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The apps of a folder with their settings, as `johwa eject` needs them.
final class EjectedFolder {
    private final Project project;

    EjectedFolder(Session session, String folder) {
        this.project = new Project(session, folder, null);
    }

    /// @param branches whose previews are wanted
    EjectedProject project(List<String> branches) {
        if (!Files.isDirectory(project.folder())) {
            throw Problem.user("folder.unknown", project.folder() + " is a file")
                    .hint("name the folder in which it lies")
                    .exception();
        }
        var apps = project.apps().entrySet().stream()
                .map(each -> app(each.getKey(), each.getValue()))
                .toList();
        var previews = new LinkedHashMap<String, List<EjectedApp>>();
        branches.forEach(
                branch -> previews.put(branch, apps.stream().map(this::preview).toList()));
        return new EjectedProject(project.folder(), project.file().name().orElseGet(project::name), apps, previews);
    }

    private EjectedApp preview(EjectedApp app) {
        return app.with(project.resolve(app.name(), app.folder(), "preview").settings());
    }

    private EjectedApp app(String name, Path place) {
        var resolved = project.resolve(name, place, "production");
        return new EjectedApp(
                name, place, project.detect(name, place, "production"), resolved.settings(), testValues(name, place));
    }

    /// What the project says for its tests alone.
    private Map<String, String> testValues(String name, Path place) {
        var plain = project.resolve(name, place, "production").settings().values();
        var values = new LinkedHashMap<>(
                project.resolve(name, place, "test").settings().values());
        values.entrySet().removeIf(each -> each.getValue().equals(plain.get(each.getKey())));
        return values;
    }
}
