package dev.johwa.serve.release;

import dev.johwa.build.cause.Cause;
import dev.johwa.build.cause.Causes;
import dev.johwa.build.cause.EnvironmentExample;
import dev.johwa.build.cause.EnvironmentReads;
import dev.johwa.build.cause.Said;
import dev.johwa.lib.process.Exit;
import dev.johwa.source.config.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Why a deployment failed: what was seen, and the cause where the last words of the application say it.
///
/// @param text in a line, as it is kept
/// @param advice the cause and what would mend it, for a person; empty when nobody knows
record Reason(String text, List<String> advice) {
    private static final String DOES_NOT_LISTEN = "does not listen on a port";
    private static final Cause LISTENS_NOWHERE = new Cause(
            "port.none",
            "it runs, and opens no port",
            "listen on the port that the environment value PORT names; `service: worker` in johwa.yaml when it answers no"
                    + " requests, `health: {within: 2m}` when it needs long to start");

    /// What a program does that asks somebody.
    static final String WAITS_FOR_INPUT = "waits for standard input";

    private static final Cause ASKS = new Cause(
            "input.waited",
            "it asks something on standard input, where nobody answers",
            "take the question out of what starts it, or give it the answer there: `echo yes | …`, or a value that"
                    + " `johwa envs set` gives it");

    private static final Cause ENDED_WELL = new Cause(
            "start.ended",
            "it ended with success and never listened",
            "let it listen on the port that the environment value PORT names; `service: job` in johwa.yaml when it is"
                    + " meant to end");

    private static final Cause OUT_OF_MEMORY = new Cause(
            "memory.limit",
            "it used more memory than an instance may have",
            "limits: {memory: 1Gi} in johwa.yaml; or use less (fewer workers, a smaller heap)");

    static Reason of(Ports ports, Deployment going, DeploymentFailed failed) {
        var release = going.release();
        var cause = words(release, failed.heard())
                .or(() -> unsaid(failed.reason()))
                .or(() -> failed.heard().isEmpty() ? Optional.empty() : example(ports, release));
        if (cause.isEmpty()) {
            return new Reason(failed.reason(), List.of());
        }
        var advice = new ArrayList<>(cause.get().lines());
        if (cause.get().code().equals(Cause.VALUE_MISSING)) {
            advice.addAll(unset(ports, release));
        }
        return new Reason(failed.reason() + " (" + cause.get().what() + ")", advice);
    }

    /// The cause as the words say it.
    static Optional<Cause> words(Release release, List<String> heard) {
        return Causes.of(new Said(heard, release.where().name(), Said.Place.APPLICATION));
    }

    /// The cause where the application has no words for it.
    static Optional<Cause> unsaid(String reason) {
        if (reason.endsWith(new Exit.OutOfMemory().text())) {
            return Optional.of(OUT_OF_MEMORY);
        }
        if (reason.endsWith("web ended: " + new Exit.Status(0).text())) {
            return Optional.of(ENDED_WELL);
        }
        if (reason.contains(WAITS_FOR_INPUT)) {
            return Optional.of(ASKS);
        }
        return reason.contains(DOES_NOT_LISTEN) ? Optional.of(LISTENS_NOWHERE) : Optional.empty();
    }

    private static List<String> unset(Ports ports, Release release) {
        try {
            return EnvironmentReads.unset(folder(ports, release), set(ports, release));
        } catch (RuntimeException e) {
            // The advice is good without it, and nothing may keep a deployment from being concluded.
            return List.of();
        }
    }

    private static Optional<Cause> example(Ports ports, Release release) {
        try {
            var where = release.where();
            return EnvironmentExample.unset(folder(ports, release), set(ports, release), where.name());
        } catch (RuntimeException e) {
            // As above.
            return Optional.empty();
        }
    }

    private static Path folder(Ports ports, Release release) {
        return ports.images()
                .unpack(release.artifact())
                .resolve(Path.of(release.settings().folder()));
    }

    /// Names of values that the application has.
    private static Set<String> set(Ports ports, Release release) {
        var where = release.where();
        var set = new HashSet<>(release.settings().values().keySet());
        set.addAll(release.detection().environment().keySet());
        set.addAll(ports.values().secretNames(new Values.Scope(where.project(), where.app(), release.layer())));
        return set;
    }
}
