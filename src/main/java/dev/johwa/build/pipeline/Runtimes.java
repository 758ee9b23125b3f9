package dev.johwa.build.pipeline;

import dev.johwa.build.pipeline.RunExecution.Attempt;
import dev.johwa.build.toolchain.ToolStore;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Missing;

/// Fetches the runtimes that an app asks for and that are not on the machine, each as a stage. Used by one thread.
final class Runtimes {
    private final Rooms rooms;
    private final Attempt attempt;
    private final Stages stages;

    Runtimes(Rooms rooms, Attempt attempt, Stages stages) {
        this.rooms = rooms;
        this.attempt = attempt;
        this.stages = stages;
    }

    /// Tells why nothing is fetched.
    ///
    /// @param origin of the setting that refuses it
    void refuse(String app, Detection detection, String origin) {
        detection.missing().stream()
                .flatMap(missing -> ToolStore.refusal(missing, origin).stream())
                .forEach(text -> stages.begin(app, "runtime").skipped("skipped", text));
    }

    /// @return whether one was fetched, so that the app is to be looked at again
    boolean fetch(String app, Detection detection) {
        boolean isFetched = false;
        for (var missing : detection.missing()) {
            isFetched |= fetch(app, missing);
        }
        return isFetched;
    }

    private boolean fetch(String app, Missing missing) {
        var stage = stages.begin(app, "runtime");
        if (rooms.tools().isAllowed()) {
            ToolStore.intent(missing).ifPresent(text -> stage.say("            " + text));
        }
        var doing = "fetching what it asks for";
        try (var _ = new Pulse(stage, stage::elapsed, rooms.tasks(), doing, Pulse.PAUSE)) {
            return switch (rooms.tools().fetch(missing, attempt.cancel())) {
                case ToolStore.Fetched(var text) -> {
                    stage.done(text);
                    yield true;
                }
                case ToolStore.Absent(var text) -> {
                    stage.skipped("skipped", text);
                    yield false;
                }
            };
        } catch (ProblemException e) {
            stage.failed("refused");
            throw e;
        }
    }
}
