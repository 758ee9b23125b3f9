package dev.johwa.serve.backup;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.nio.file.Path;

/// Finds the place that a person named.
public final class Places {

    /// @param where an absolute folder
    /// @throws ProblemException when it is none
    Place of(String where) {
        if (!where.startsWith("/")) {
            throw Problem.user("backup.where", "'" + where + "' is no place for backups")
                    .hint("name an absolute folder of the server, such as /mnt/backup")
                    .exception();
        }
        return new FolderPlace(Path.of(where));
    }
}
