package dev.johwa.build.pipeline;

import dev.johwa.source.config.Settings;
import dev.johwa.source.detect.Detection;
import java.util.Map;

/// What a run does for one of its apps.
///
/// @param folder where the app lives in the repository, `.` for the whole
/// @param settings of the environment that it goes to
/// @param testValues environment values of its test steps
record Job(
        Run run,
        String app,
        String layer,
        String folder,
        Detection detection,
        Settings settings,
        Map<String, String> testValues) {

    /// As commands want it: PROJECT, or PROJECT/APP where it is another.
    String name() {
        return app.equals(run.project()) ? app : run.project() + "/" + app;
    }
}
