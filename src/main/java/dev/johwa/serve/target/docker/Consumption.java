package dev.johwa.serve.target.docker;

import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.OpenFiles;
import dev.johwa.lib.process.Usage;
import dev.johwa.serve.target.Observation;
import java.util.Optional;
import java.util.OptionalLong;

/// Asks what containers use. While the engine cannot be asked, nobody knows.
record Consumption(Engine engine) {
    /// @param seen of it lately, where it was
    Optional<Usage> usage(Kept state, Optional<Observation> seen) {
        // One that has done its work stays for days, and is asked for in each round.
        if (seen.flatMap(Observation::exit).isPresent()) {
            return Optional.empty();
        }
        try {
            return engine.containers().usage(state.container()).map(usage -> usage.with(open(state, seen)));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private static Optional<OpenFiles> open(Kept state, Optional<Observation> seen) {
        var pid = seen.map(Observation::pid).orElse(OptionalLong.empty());
        return pid.isEmpty() ? Optional.empty() : OpenFiles.ofContainer(pid.getAsLong(), state.container());
    }

    /// Bytes of files that it made or changed, other than in volumes.
    OptionalLong size(Kept state) {
        try {
            return engine.containers().sizeOf(state.container());
        } catch (ProblemException e) {
            return OptionalLong.empty();
        }
    }
}
