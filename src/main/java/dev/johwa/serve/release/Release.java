package dev.johwa.serve.release;

import dev.johwa.lib.blob.Digest;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.Settings;
import dev.johwa.source.detect.Detection;
import java.time.Instant;

/// An artifact with the settings and the names of secrets of its time: numbered per app, never changed but in state.
///
/// @param layer whose settings it has: the environment's name, or `preview`
/// @param secretsVersion of its environment when it was made
/// @param current whether it is the one that serves now
/// @param reason why it failed, for a person; else empty
public record Release(
        AppEnvironment where,
        int number,
        String layer,
        String branch,
        String commit,
        int run,
        Digest artifact,
        Detection detection,
        Settings settings,
        long secretsVersion,
        int tests,
        String by,
        State state,
        boolean current,
        boolean releaseCommandRan,
        String reason,
        Instant createdAt) {
    /// Whether it is of a branch that goes to no environment: it comes and goes with the branch.
    public boolean isPreview() {
        return Configs.isPreview(layer);
    }

    /// Whether requests reach it.
    boolean isServed() {
        return settings.service() == Detection.Service.STATIC
                || settings.processes().containsKey("web");
    }

    /// Whether its instances are containers.
    boolean isContained() {
        return detection.container().isPresent();
    }

    /// Where the app lies in its artifact; an image says by itself in which folder it starts.
    String folder() {
        return detection.container().isPresent() ? "" : settings.folder();
    }

    /// The same with what it shows itself to be.
    Release with(Detection shown, Settings resolved) {
        return new Release(
                where,
                number,
                layer,
                branch,
                commit,
                run,
                artifact,
                shown,
                resolved,
                secretsVersion,
                tests,
                by,
                state,
                current,
                releaseCommandRan,
                reason,
                createdAt);
    }

    public enum State {
        DEPLOYING,
        LIVE,
        RETIRED,
        FAILED
    }
}
