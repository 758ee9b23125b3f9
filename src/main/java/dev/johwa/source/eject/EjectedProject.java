package dev.johwa.source.eject;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A project with all its apps.
public record EjectedProject(Path root, String name, List<EjectedApp> apps) {
    public EjectedProject {
        apps = List.copyOf(apps);
    }

    Path place(EjectedApp app) {
        return root.resolve(app.folder()).normalize();
    }

    boolean has(EjectedApp app, String file) {
        return Files.exists(place(app).resolve(file));
    }
}
