package dev.johwa.door.cli.local;

import dev.johwa.door.cli.Session;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.db.Database.Access;
import dev.johwa.lib.db.StatePlace;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.identity.Role;
import dev.johwa.source.identity.Tokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// An owner's token, made in the data folder itself: for whoever may write there, also while the platform runs.
public final class OwnersToken {
    /// Where the service of a package or of `johwa setup` keeps its state.
    private static final Path OF_THE_SERVICE = Path.of("/var/lib/johwa");

    private OwnersToken() {}

    /// @param data empty: that of this machine's service, else the person's own
    /// @return its text, which is not kept
    /// @throws ProblemException when no platform has ever worked in the folder, or it belongs to somebody else
    public static String make(Session session, Optional<Path> data, String name) {
        var folder = data.map(session.folder()::resolve).orElseGet(() -> usual(session));
        var place = StatePlace.of(folder);
        if (Files.isDirectory(folder) && !Files.isWritable(folder)) {
            throw Problem.user("tokens.owner", "the data folder " + folder + " belongs to somebody else")
                    .hint("run it as its owner or as root: sudo johwa tokens new --owner --data " + folder)
                    .exception();
        }
        if (!place.exists()) {
            throw Problem.user("tokens.owner", "no platform works in " + folder + ": it holds no state")
                    .hint("name the folder that `johwa up --data` was given: --data DIR")
                    .exception();
        }
        try (var database = place.open(Access.BESIDE)) {
            return new Tokens(database, new SystemClock()).create(name, Role.OWNER, Optional.empty());
        }
    }

    private static Path usual(Session session) {
        return Files.exists(OF_THE_SERVICE)
                ? OF_THE_SERVICE
                : session.surroundings().data();
    }
}
