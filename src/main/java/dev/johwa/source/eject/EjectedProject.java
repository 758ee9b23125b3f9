package dev.johwa.source.eject;

import dev.johwa.source.detect.ComposeApps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A project with all its apps.
///
/// @param previews branches whose previews are wanted, with the apps as they are decided there
public record EjectedProject(Path root, String name, List<EjectedApp> apps, Map<String, List<EjectedApp>> previews) {
    public EjectedProject {
        apps = List.copyOf(apps);
        previews = Collections.unmodifiableMap(new LinkedHashMap<>(previews));
    }

    /// The compose file of which its apps are services; empty where they are none.
    Optional<String> composeFile() {
        boolean isComposed = apps.stream().anyMatch(app -> app.detection().isComposed());
        return isComposed ? ComposeApps.file(root) : Optional.empty();
    }

    /// The first part of a host name of an app, as this platform makes it.
    String host(EjectedApp app) {
        return app.settings().app().equals(name) ? app.label() : app.label() + "-" + name;
    }

    Path place(EjectedApp app) {
        return root.resolve(app.folder()).normalize();
    }

    boolean has(EjectedApp app, String file) {
        return Files.exists(place(app).resolve(file));
    }
}
