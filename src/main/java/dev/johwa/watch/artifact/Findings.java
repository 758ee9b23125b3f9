package dev.johwa.watch.artifact;

import dev.johwa.serve.release.Release;
import dev.johwa.watch.advisory.Judgement;
import dev.johwa.watch.advisory.Severity;
import dev.johwa.watch.advisory.Vulnerability;
import java.util.List;
import java.util.Optional;

/// What is known of a release, beside the one before it.
///
/// @param before the number of the release that it is compared with; empty where there is none
/// @param findings the worst first
/// @param gone what the release before had
/// @param notes on what it could not be compared with
public record Findings(
        Release release,
        Optional<Integer> before,
        List<Finding> findings,
        List<Vulnerability> gone,
        Judgement judgement,
        List<String> notes) {
    public Findings {
        findings = List.copyOf(findings);
        gone = List.copyOf(gone);
        notes = List.copyOf(notes);
    }

    /// @param isNew whether the release before did not have it; without one nothing is new
    /// @param ignored why it does no harm here, as the project says; empty where it does not say so
    /// @param lapsed whether the project ignored it until a day that is over
    public record Finding(Vulnerability vulnerability, boolean isNew, String ignored, boolean lapsed) {
        /// Whether somebody should hear of it: high or worse, in what runs, and not ignored.
        public boolean isAlarming() {
            return isOpen() && vulnerability.severity().compareTo(Severity.HIGH) >= 0 && isInUse();
        }

        /// Whether the project does not ignore it.
        public boolean isOpen() {
            return ignored.isEmpty();
        }

        /// Whether its package is there when the app runs, by what lock files tell.
        public boolean isInUse() {
            return switch (vulnerability.component().use()) {
                case REQUIRED, OPTIONAL -> true;
                case EXCLUDED -> false;
            };
        }
    }

    /// Those of which somebody should hear.
    public List<Finding> alarming() {
        return findings.stream().filter(Finding::isAlarming).toList();
    }
}
