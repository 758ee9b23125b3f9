package dev.johwa.serve.backup;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Finds the place that a person named.
public final class Places {
    /// Names of the environment that say who we are at an S3-compatible store, and where it is.
    public static final List<String> ENVIRONMENT = List.of(
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_REGION",
            "AWS_DEFAULT_REGION",
            "AWS_ENDPOINT_URL",
            "AWS_ENDPOINT_URL_S3");

    private final Map<String, String> environment;
    private final Clock clock;

    /// @param environment values of those names, as far as they are set
    public Places(Map<String, String> environment, Clock clock) {
        this.environment = environment;
        this.clock = clock;
    }

    /// @param where an absolute folder, or `s3://BUCKET/PREFIX`
    /// @throws ProblemException when it is neither
    Place of(String where) {
        if (where.startsWith("s3://")) {
            return new S3Place(where, S3Account.of(environment), clock);
        }
        if (!where.startsWith("/")) {
            throw Problem.user("backup.where", "'" + where + "' is no place for backups")
                    .hint("name an absolute folder of the server, such as /mnt/backup, or s3://BUCKET/PREFIX")
                    .exception();
        }
        return new FolderPlace(Path.of(where));
    }
}
