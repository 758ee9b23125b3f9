package dev.johwa.main;

import dev.johwa.door.cli.Cli;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.db.StatePlace;
import dev.johwa.lib.file.Trees;
import dev.johwa.serve.backup.BackupPorts;
import dev.johwa.serve.backup.BackupPorts.Held;
import dev.johwa.serve.backup.Backups;
import dev.johwa.serve.backup.Part;
import dev.johwa.serve.backup.Part.Change;
import dev.johwa.serve.data.Data;
import dev.johwa.serve.data.Dumps;
import dev.johwa.source.git.Repositories;
import dev.johwa.watch.telemetry.ExporterKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// What of the data folder goes into backups beside the database. Left out is what is made or fetched again: caches,
/// homes and desks of steps, workspaces, unpacked artifacts, runtimes, output of instances; files of database servers,
/// of which there are dumps.
final class BackupParts {
    /// Made when the first statement is signed.
    static final String SIGNING_KEY = "signing.key";

    /// Asked for apart: who has them can read every secret and stand in for the platform.
    static final List<Part> KEYS = List.of(
            new Part("secrets.key", Change.WHOLE), new Part("tls", Change.WHOLE), new Part(SIGNING_KEY, Change.WHOLE));

    private final Path data;
    private final Repositories repositories;
    private final Dumps dumps;

    BackupParts(Path data, Repositories repositories, Dumps dumps) {
        this.data = data;
        this.repositories = repositories;
        this.dumps = dumps;
    }

    /// @param hold keeps what goes in from being collected
    Backups backups(Database database, Clock clock, Supplier<Held> hold, Settings settings) {
        var ports = new BackupPorts(
                data,
                database,
                clock,
                this::list,
                KEYS,
                progress -> dumps.makeAll(Dumps.BACKUP, progress),
                hold,
                Cli.version().orElse(""),
                settings.backup());
        return new Backups(ports, settings.places());
    }

    /// Notes in a data folder that came from a backup what platforms must know that begin to work in it.
    static void finish(Path folder) {
        // A platform that cannot read what came would refuse to start, long after somebody needed it.
        var state = StatePlace.of(folder);
        if (Files.exists(state.file())) {
            state.openBroughtBack().close();
        }
        Data.comesFromBackup(folder.resolve("data"));
    }

    private List<Part> list() {
        var parts = new ArrayList<Part>();
        for (var project : repositories.list()) {
            var repository = "git/" + project + ".git";
            // References first: what they name is there before them.
            parts.add(new Part(repository, Change.WHOLE, Set.of("objects")));
            parts.add(new Part(repository + "/objects", Change.WHOLE));
        }
        parts.add(new Part("blobs/sha256", Change.NEVER));
        parts.add(new Part("apps/.accounts", Change.WHOLE));
        for (var app : Trees.children(data.resolve("apps"))) {
            if (!Files.isDirectory(app)) {
                // What names this platform to an engine: another one elsewhere gets a name of its own.
                continue;
            }
            var folder = "apps/" + app.getFileName();
            parts.add(new Part(folder + "/data", Change.FREELY));
            parts.add(new Part(folder + "/volumes", Change.WHOLE));
            Trees.children(app).stream()
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("port-"))
                    .forEach(name -> parts.add(new Part(folder + "/" + name, Change.WHOLE)));
        }
        parts.add(new Part("data/dumps", Change.WHOLE));
        parts.add(new Part("logs/runs", Change.WHOLE));
        parts.add(new Part(WatchParts.FOLDER, Change.WHOLE, Set.of(ExporterKeys.FILE)));
        return parts;
    }
}
