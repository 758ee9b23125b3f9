package dev.johwa.main.doctor;

import dev.johwa.source.git.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;

/// Whether the key of this data folder opens every secret, and lies where nobody else reads it.
final class SecretsLook extends Look {
    private final Stored stored;

    SecretsLook(Stored stored) {
        super("secrets");
        this.stored = stored;
    }

    @Override
    String through(Progress progress) {
        var sealed = stored.values().unreadable();
        for (var secret : sealed.unreadable()) {
            var scope = secret.scope();
            var app = scope.app().equals(scope.project()) ? scope.project() : scope.project() + "/" + scope.app();
            broken(
                    "the secret " + secret.name() + " of " + app + " (" + scope.environment() + ")",
                    "the key of this data folder does not open it",
                    "no release that needs it can start",
                    "bring back the secrets.key that belongs to the database, or set it again:" + " `johwa secrets set "
                            + app + " " + secret.name() + " -e " + scope.environment() + "`");
        }
        key();
        return counted(sealed.looked(), "value", "values");
    }

    private void key() {
        var key = stored.folder().resolve("secrets.key");
        try {
            if (Files.getPosixFilePermissions(key).contains(PosixFilePermission.OTHERS_READ)) {
                broken(
                        "secrets.key",
                        "every account of this machine may read it",
                        "whoever reads it and the database has every secret",
                        "`chmod 600 " + key + "`, and set secrets anew where others could read it");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
