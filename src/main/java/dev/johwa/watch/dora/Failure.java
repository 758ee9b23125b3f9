package dev.johwa.watch.dora;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Why a deployment is known to have failed, and what repaired it.
///
/// @param by `rollback`, `rollback-failed` (one was tried), `switched-back` (by the platform itself), `revert`, `fix`,
///     `incident` (it was found to be bad beside the one before)
/// @param commit the commit that reverts or fixes, else empty
/// @param release of the deployment that repaired it, 0 while it is open
/// @param restore how long it served and was broken; empty while open
/// @param suspects releases between the one rolled back to (not itself) and the one rolled back from (itself too)
record Failure(String by, String commit, int release, Optional<Duration> restore, List<Integer> suspects) {
    static Failure switchedBack() {
        return new Failure("switched-back", "", 0, Optional.of(Duration.ZERO), List.of());
    }

    /// @param known what repaired it, where that is known
    static Failure proven(Duration restore, Optional<Failure> known) {
        return new Failure(
                "incident",
                known.map(Failure::commit).orElse(""),
                known.map(Failure::release).orElse(0),
                Optional.of(restore),
                known.map(Failure::suspects).orElse(List.of()));
    }

    static Failure open(String by) {
        return new Failure(by, "", 0, Optional.empty(), List.of());
    }

    boolean isOpen() {
        return restore.isEmpty();
    }

    /// The platform went back before a person had to.
    boolean isSwitchedBack() {
        return by.equals("switched-back");
    }

    Failure repairedBy(Failure repair) {
        return new Failure(by, repair.commit, repair.release, repair.restore, repair.suspects);
    }
}
