package dev.johwa.main.doctor;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.text.Sizes;
import dev.johwa.serve.data.AppDatabase;
import dev.johwa.serve.data.DataStatus;
import dev.johwa.serve.release.References;
import dev.johwa.serve.target.Targets;
import dev.johwa.source.git.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether the folders of the data folder belong to somebody, and servers of databases have theirs.
final class FoldersLook extends Look {
    private final Stored stored;
    private final References references;

    FoldersLook(Stored stored, References references) {
        super("folders");
        this.stored = stored;
        this.references = references;
    }

    @Override
    String through(Progress progress) {
        var owners = references.owners();
        // Steps of a project work in folders of its name.
        owners.addAll(stored.repositories().list());
        owners.addAll(Targets.volumeOwners(stored.folder().resolve("apps")));
        var apps = Trees.children(stored.folder().resolve("apps")).stream()
                .filter(folder -> Files.isDirectory(folder)
                        && !folder.getFileName().toString().startsWith("."))
                .toList();
        apps.forEach(folder -> owned(folder, owners));
        long servers = servers();
        return counted(apps.size(), "folder", "folders") + " of apps, "
                + counted(servers, "server of databases", "servers of databases");
    }

    private void owned(Path folder, Set<String> owners) {
        var name = folder.getFileName().toString().replace('+', '/');
        if (!owners.contains(name)) {
            warning(
                    folder.toString(),
                    "there is no app or project " + name,
                    "nobody uses its " + Sizes.text(Trees.size(folder)) + ", and nothing takes it away",
                    "look what is in it, keep what you need, and delete it: `rm -r " + folder + "`");
        }
    }

    private long servers() {
        var needed = stored.data().known().stream()
                .map(DataStatus::database)
                .filter(database -> database.isServed() && database.state() == AppDatabase.State.READY)
                .collect(Collectors.groupingBy(AppDatabase::server));
        needed.forEach((server, databases) -> {
            var files = stored.folder().resolve("data").resolve(server).resolve("files");
            if (!Files.isDirectory(files)) {
                broken(
                        "the server of databases " + server,
                        "its files " + files + " are gone",
                        "no application reaches "
                                + databases.stream()
                                        .map(each -> each.variable() + " of " + each.owner())
                                        .collect(Collectors.joining(", ")),
                        "put the folder back in its place, or bring the platform back from a backup, which makes"
                                + " databases from their dumps");
            }
        });
        return needed.size();
    }
}
