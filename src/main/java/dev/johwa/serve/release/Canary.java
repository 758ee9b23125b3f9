package dev.johwa.serve.release;

import dev.johwa.serve.router.Part;
import dev.johwa.source.config.Rollout;
import java.time.Instant;
import java.util.Optional;

/// A release that gets some of the requests, beside the one that serves, until it is promoted or taken back.
///
/// @param kind of its deployment: `push`, `deploy`
/// @param secretsVersion which secrets its instances get
/// @param startedAt when its deployment began
/// @param begunAt when it got its first requests
/// @param step of its rollout, from 0
/// @param since when that step began
/// @param words why it waits, for a person; empty while it does not
public record Canary(
        AppEnvironment where,
        int release,
        String kind,
        String by,
        long secretsVersion,
        Instant startedAt,
        Instant begunAt,
        int step,
        Instant since,
        String words) {

    /// One with the release that it is.
    public record Underway(Canary canary, Release release) {
        /// The step that it is at.
        public Rollout.Step step() {
            var steps = release.settings().rollout().steps();
            return steps.get(Math.min(canary.step(), steps.size() - 1));
        }

        public boolean isAtItsLastStep() {
            return canary.step() >= release.settings().rollout().steps().size() - 1;
        }

        /// The next step; empty where that is all.
        public Optional<Rollout.Step> next() {
            return isAtItsLastStep()
                    ? Optional.empty()
                    : Optional.of(release.settings().rollout().steps().get(canary.step() + 1));
        }

        Part part() {
            var step = step();
            return new Part(
                    step.share(),
                    step.header(),
                    step.value(),
                    release.settings().rollout().sticky());
        }

        /// Where it is and what comes next, for a person.
        public String text() {
            var next = next().map(Rollout.Step::text).orElse("all of them");
            var when = canary.words().isEmpty()
                    ? step().time()
                            .map(time -> "next, once " + Rollout.text(time) + " have shown nothing bad: " + next)
                            .orElse("next, when somebody says so: " + next)
                    : "it waits: " + canary.words();
            return "release " + canary.release() + " gets " + step().text() + "; " + when;
        }
    }
}
