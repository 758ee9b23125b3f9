package dev.johwa.door.cli;

import dev.johwa.door.api.BackupList;
import dev.johwa.lib.text.Sizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Copies of the platform.
final class BackupCommands {
    private BackupCommands() {}

    static List<Verb> inner() {
        return List.of(
                new Verb(Group.OPERATE, "list", "List backups, newest first", Listing::new),
                new Verb(Group.OPERATE, "verify", "Read a backup to its last byte", Verify::new));
    }

    /// Of backups at a place.
    abstract static class BackupVerb extends RemoteVerb {
        @Nullable
        @Parameters(
                arity = "0..1",
                paramLabel = "WHERE",
                description =
                        "An absolute folder of the server, or s3://BUCKET/PREFIX; default: the server's own place.")
        String where;

        BackupVerb(Session session) {
            super(session);
        }

        Optional<String> place() {
            return Optional.ofNullable(where);
        }

        void tellWarnings(BackupList.Item made) {
            made.warnings().forEach(warning -> screen().progress("warning: " + warning));
        }
    }

    @Command(
            description = {
                "Copies the platform while it works: database, repositories, artifacts, data of apps, logs of runs.",
                "What did not change since an earlier backup there is not written again."
            },
            footer = {"%nExample:", "  johwa backup /mnt/backup", "  johwa backup /mnt/backup --with-keys"})
    static final class Backup extends BackupVerb {
        @Option(
                names = "--with-keys",
                description = {
                    "Put in secrets.key and tls/ too: who has the backup can then read every secret.",
                    "Without them keep secrets.key elsewhere: secrets cannot be read without it."
                })
        boolean keys;

        @Nullable
        @Option(
                names = "--encrypt",
                paramLabel = "FILE",
                description = "Encrypt by OpenPGP: to the public key in this file, or by the passphrase in it.")
        Path encrypt;

        Backup(Session session) {
            super(session);
        }

        @Override
        public Integer call() throws IOException {
            var seal = encrypt == null
                    ? Optional.<String>empty()
                    : Optional.of(Files.readString(session.folder().resolve(encrypt)));
            var made = client().backup(new BackupList.Order(place(), keys, seal), this::tell);
            if (!json) {
                tellWarnings(made);
                screen().line("backed up: " + made.name() + " in " + made.where());
                if (!made.keys()) {
                    screen().progress("Without keys: keep a copy of secrets.key of the data folder in a safe place.");
                }
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            description = "Lists the backups at a place, newest first.",
            footer = {"%nExample:", "  johwa backup list /mnt/backup"})
    static final class Listing extends BackupVerb {
        Listing(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var list = client().backups(place());
            if (!toldAsJson(list)) {
                screen().table(
                                List.of("BACKUP", "WHEN", "SIZE", "FILES", "KEYS"),
                                list.backups().stream().map(Listing::row).toList());
            }
            return ExitCode.DONE;
        }

        private static List<String> row(BackupList.Item backup) {
            return List.of(
                    backup.name(),
                    Times.local(backup.at()),
                    Sizes.text(backup.bytes()),
                    String.valueOf(backup.files()),
                    backup.keys() ? "yes" : "no");
        }
    }

    @Command(
            description = {
                "Reads a backup to its last byte and tells what is missing or damaged, and to what it belongs.",
                "What is damaged the next backup writes anew."
            },
            footer = {"%nExample:", "  johwa backup verify /mnt/backup"})
    static final class Verify extends BackupVerb {
        @Nullable
        @Option(names = "--backup", paramLabel = "NAME", description = "Which one; default: the newest.")
        String name;

        Verify(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var whole = client().verifyBackup(new BackupList.Check(place(), Optional.ofNullable(name)), this::tell);
            if (!json) {
                screen().line("whole: " + whole.name() + " in " + whole.where());
            }
            return ExitCode.DONE;
        }
    }
}
