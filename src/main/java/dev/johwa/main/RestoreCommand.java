package dev.johwa.main;

import dev.johwa.door.cli.Session;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.backup.Keys;
import dev.johwa.serve.backup.Restore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `johwa restore`: works on this machine, without a server.
@Command(
        name = "restore",
        description = {
            "Brings a backup back into a folder that is empty or not there, and proves every byte of it.",
            "Then `johwa up --data DIR` brings everything live, on this machine or another.",
            "Cut off, it goes on where it was when it is said again."
        },
        footer = {"", "Example:", "  johwa restore /mnt/backup --data /srv/johwa"})
final class RestoreCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FROM", description = "Where the backups are: a folder, or s3://BUCKET/PREFIX.")
    String from = "";

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of all state (default: ~/.johwa).")
    @Nullable
    Path data;

    @Option(names = "--backup", paramLabel = "NAME", description = "Which one; default: the newest.")
    @Nullable
    String name;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "OpenPGP secret key of an encrypted backup, as `gpg --armor --export-secret-keys` writes it.")
    @Nullable
    Path key;

    @Option(
            names = "--passphrase",
            paramLabel = "FILE",
            description = "Passphrase of an encrypted backup, or of the secret key.")
    @Nullable
    Path passphrase;

    @Option(names = "--grow", hidden = true, description = "All but the last step; a later restore finds it there.")
    boolean grow;

    @Option(names = "--json", description = "One JSON document on standard output.")
    boolean json;

    RestoreCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var place = session.data(data);
        var where = from.contains("://")
                ? from
                : session.folder().resolve(from).toAbsolutePath().normalize().toString();
        var restore = new Restore(
                Environment.places(session.surroundings()), session.screen()::progress, BackupParts::finish);
        var keys = new Keys(text("--key", key), text("--passphrase", passphrase));
        var made = grow
                ? restore.grow(where, Optional.ofNullable(name), place, keys)
                : restore.restore(where, Optional.ofNullable(name), place, keys);
        if (json) {
            session.screen().line(Json.pretty(made));
            return 0;
        }
        made.warnings().forEach(warning -> session.screen().progress("warning: " + warning));
        session.screen().line("restored: " + made.name() + " in " + place);
        if (!made.keys()) {
            session.screen()
                    .progress("The keys are not in it: put secrets.key into " + place
                            + " before `johwa up`, or set every secret again after it.");
        }
        session.screen().progress("`johwa up --data " + place + "` brings everything live.");
        return 0;
    }

    private Optional<String> text(String option, @Nullable Path file) {
        if (file == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(session.folder().resolve(file)));
        } catch (IOException e) {
            throw Problem.user("restore.file", option + ": the file " + file + " cannot be read: " + e)
                    .hint("it holds the passphrase, or the key as `gpg --armor` writes it, and nothing else")
                    .exception();
        }
    }
}
