package dev.johwa.source.config;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Environment values and secrets that people set on the server, by project, app and environment. Secrets are
/// encrypted with a key of the data folder; reading them back is for releases only. Safe for use by many threads.
public final class Values {
    /// @param keyFile made on first use, readable by the server's user only
    public Values(Database database, Clock clock, Path keyFile) {}

    /// Whose values: an app in an environment (`production`, `staging`, `preview`, `test`).
    public record Scope(String project, String app, String environment) {}

    public void set(Scope scope, Map<String, String> values) {
        throw new UnsupportedOperationException();
    }

    public void remove(Scope scope, List<String> names) {
        throw new UnsupportedOperationException();
    }

    public Map<String, String> list(Scope scope) {
        throw new UnsupportedOperationException();
    }

    public void setSecrets(Scope scope, Map<String, String> secrets) {
        throw new UnsupportedOperationException();
    }

    public void removeSecrets(Scope scope, List<String> names) {
        throw new UnsupportedOperationException();
    }

    public List<String> secretNames(Scope scope) {
        throw new UnsupportedOperationException();
    }

    /// The secrets in clear, as they are now or as they were at a version.
    public Map<String, String> revealSecrets(Scope scope, long version) {
        throw new UnsupportedOperationException();
    }

    /// Grows with every change of a secret of that scope; stored with a release.
    public long secretsVersion(Scope scope) {
        throw new UnsupportedOperationException();
    }
}
