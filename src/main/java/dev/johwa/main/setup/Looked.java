package dev.johwa.main.setup;

import dev.johwa.door.api.AppList;
import java.util.List;
import java.util.Optional;

/// What one side of a move tells of its platform.
///
/// @param platform its name of its own; empty when it has none yet
/// @param works whether a control plane answers
/// @param to where it is going, or went; empty when it stays
/// @param gone whether it has left for good
/// @param bytes that a backup reads
/// @param packages that databases need
/// @param apps what has a release; where nothing works because it is on its way, as it was before
/// @param names that people point to this machine
/// @param version which program works there; older ones do not tell
public record Looked(
        String platform,
        boolean works,
        String to,
        boolean gone,
        long bytes,
        List<String> packages,
        List<App> apps,
        List<String> names,
        Optional<String> version) {

    /// What serves.
    ///
    /// @param artifact its digest
    public record App(String name, String environment, int release, String artifact, String state) {
        boolean isSame(App other) {
            return name.equals(other.name) && environment.equals(other.environment);
        }

        /// The same, with the same release.
        boolean isLike(App other) {
            return isSame(other) && release == other.release && artifact.equals(other.artifact);
        }

        /// Whether it answers, would, or has done its work.
        public boolean serves() {
            return AppList.serves(state);
        }

        @Override
        public String toString() {
            return name + " (" + environment + ") #" + release;
        }
    }

    /// The last backup of a platform that is on its way.
    public record Last(String backup) {}
}
