package dev.johwa.serve.target.docker;

import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.target.Observation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// An engine that does not answer is not asked for each instance once more, since each may wait for it.
///
/// @param until in ticks of the clock
record Outage(Problem problem, long until) {
    /// What counts of an instance meanwhile.
    ///
    /// @param last as it was seen before
    Observation unseen(@Nullable Observation last) {
        var note = "the container engine cannot be asked: " + problem.message();
        return last != null && last.exit().isPresent()
                ? last
                : new Observation(
                        Optional.ofNullable(last).flatMap(Observation::address),
                        last != null && last.offered(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        List.of(note));
    }
}
