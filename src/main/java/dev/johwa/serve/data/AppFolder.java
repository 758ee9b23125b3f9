package dev.johwa.serve.data;

import dev.johwa.lib.problem.Problem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;

/// A folder that was added to an app and outlives its releases.
///
/// @param path below the app's own folder, ending in `/`: `uploads/`
public record AppFolder(Owner owner, String path, State state, Instant createdAt) {
    private static final int LONGEST = 200;

    /// Whether it is there, and what goes on with it.
    public enum State {
        READY,
        /// The next release does without it; when none comes live, it stays.
        LEAVING,
        /// No release has it any more, and what is in it is being deleted.
        GOING
    }

    /// One way to write a path.
    ///
    /// @throws ProblemException when it is none below the app's folder
    public static String plain(String path) {
        var refused = Problem.user("data.folder", "'" + path + "' is no folder below the app's own");
        if (path.isBlank() || path.length() > LONGEST || path.chars().anyMatch(Character::isISOControl)) {
            throw refused.hint("write it as the app finds it: uploads/").exception();
        }
        try {
            var plain = Path.of(path).normalize();
            if (plain.isAbsolute() || plain.startsWith("..") || plain.toString().isEmpty()) {
                throw refused.hint("write it from the app's folder on: uploads/")
                        .exception();
            }
            return plain + "/";
        } catch (InvalidPathException e) {
            throw refused.hint(e.getReason()).exception();
        }
    }
}
