package dev.johwa.build.pipeline;

import dev.johwa.source.config.Settings;
import dev.johwa.source.detect.Detection;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a run does for one of its apps.
///
/// @param folder where the app lives in the repository, `.` for the whole
/// @param settings of the environment that it goes to
/// @param testValues environment values of its test steps
/// @param foreign folders of the repository that are other apps and no part of this one
record Job(
        Run run,
        String app,
        String layer,
        String folder,
        Detection detection,
        Settings settings,
        Map<String, String> testValues,
        Set<String> foreign) {

    /// The same, seen again.
    Job with(Detection detection, Settings settings) {
        return new Job(run, app, layer, folder, detection, settings, testValues, foreign);
    }

    /// As commands want it: PROJECT, or PROJECT/APP where it is another.
    String name() {
        return app.equals(run.project()) ? app : run.project() + "/" + app;
    }

    /// How to read all that its run printed.
    String wholeLog() {
        return "Whole log: johwa run logs " + run.project() + " " + run.number();
    }

    /// A folder of the app as a path in the repository; empty for one of HOME (`~/`), or one outside of it.
    Optional<String> place(String folder) {
        var place = Path.of(this.folder, folder).normalize();
        return folder.startsWith("~/") || place.startsWith("..") || place.isAbsolute()
                ? Optional.empty()
                : Optional.of(place.toString());
    }

    /// The same of many.
    List<String> places(List<String> folders) {
        return folders.stream().flatMap(each -> place(each).stream()).toList();
    }

    /// Folders of dependencies that may be kept.
    List<String> dependencies() {
        return places(detection.caches().stream().map(Detection.Cache::folder).toList());
    }
}
