package dev.johwa.source.eject;

import dev.johwa.source.config.Settings;
import dev.johwa.source.detect.Detection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A project that is to be written as files of others.
///
/// @param folder of the repository
public record Subject(String name, Path folder, List<App> apps) {
    public Subject {
        apps = List.copyOf(apps);
    }

    /// @param place its folder, relative to the repository; `.` for the whole
    /// @param settings of production
    public record App(String name, Path place, Detection detection, Settings settings) {
        /// A path of it in the repository.
        String path(String name) {
            return place.resolve(name).normalize().toString();
        }

        boolean isWhole() {
            return place.normalize().toString().isEmpty()
                    || place.normalize().toString().equals(".");
        }

        /// Whether it brings a Dockerfile of its own.
        boolean hasImage() {
            return detection.container().isPresent();
        }
    }

    /// Those of these files that an app has.
    List<String> present(App app, String... names) {
        return Stream.of(names)
                .filter(name -> Files.isRegularFile(folder.resolve(app.path(name))))
                .toList();
    }

    boolean has(App app, String name) {
        return !present(app, name).isEmpty();
    }
}
