package dev.johwa.source.eject;

import dev.johwa.source.config.Settings;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Container;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An app of a project: what it was found to be, and what is decided about it, in production unless something else is
/// said.
///
/// @param folder relative to the project, `.` for the whole
/// @param testValues environment values that the project gives its tests
public record EjectedApp(
        String name, Path folder, Detection detection, Settings settings, Map<String, String> testValues) {
    public EjectedApp {
        testValues = Map.copyOf(testValues);
    }

    /// The same as it is decided elsewhere.
    public EjectedApp with(Settings others) {
        return new EjectedApp(name, folder, detection, others, testValues);
    }

    /// Its image, where a Dockerfile makes it.
    Optional<Container> built() {
        return detection.container().filter(each -> !each.file().isEmpty());
    }

    /// A path below its folder, as the project names it.
    Path below(String file) {
        return folder.resolve(file).normalize();
    }

    boolean isWhole() {
        return folder.normalize().toString().isEmpty() || folder.toString().equals(".");
    }

    /// A name that Docker, Compose and GitHub all take.
    String label() {
        var plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return plain.isEmpty() || !Character.isLetter(plain.charAt(0)) ? "app-" + plain : plain;
    }
}
