package dev.johwa.serve.target.docker;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.file.Whole;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.target.Instance;
import dev.johwa.serve.target.log.Shelf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/// Where the files of instances lie that are containers: `APP/containers/ID`, with `state` and, in `run`, the output.
final class Places {
    private final Path apps;
    private final Shelf shelf;

    Places(Path apps) {
        this.apps = apps;
        this.shelf = new Shelf(apps);
    }

    Path folder(String app, String id) {
        return shelf.app(app).resolve("containers").resolve(id);
    }

    static Path run(Instance instance) {
        return Path.of(instance.handle()).resolve("run");
    }

    Path app(String app) {
        return shelf.app(app);
    }

    /// Folders of data, as processes have them: an app that changes its target finds its own.
    List<Path> data(String app) {
        return Shelf.children(shelf.app(app).resolve("data"));
    }

    Path data(String app, String environment) {
        return shelf.app(app)
                .resolve("data")
                .resolve(environment.replace('/', '+').replaceAll("^\\.+", "_"));
    }

    Path data(String app, String environment, Path path) {
        return data(app, environment).resolve(path.toString().replace('/', '+'));
    }

    /// Writes what is known of an instance.
    void keep(Kept state) {
        var folder = Path.of(state.instance().handle());
        try {
            Trees.hideNames(Files.createDirectories(folder));
            Trees.hideNames(shelf.app(state.instance().app()));
            Shelf.label(folder.resolve("run"), state.instance());
            Whole.write(folder.resolve("state"), Json.bytes(state));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Kept> read(Path folder) {
        try {
            var file = folder.resolve("state");
            return Files.exists(file) ? Optional.of(Json.read(Files.readAllBytes(file), Kept.class)) : Optional.empty();
        } catch (ProblemException e) {
            // Torn by a loss of power: its container is found by its labels.
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Path> all() {
        return Shelf.children(apps).stream()
                .flatMap(app -> Shelf.children(app.resolve("containers")).stream())
                .toList();
    }

    private static Path ended(Path folder) {
        return folder.resolve("../../ended").normalize().resolve(folder.getFileName());
    }

    void forget(Path folder) {
        Trees.delete(ended(folder));
    }

    /// Keeps what a stopped instance printed, for `logs`, and deletes the rest.
    void retire(Path folder) {
        var run = folder.resolve("run");
        try {
            if (Files.isDirectory(run)) {
                var ended = ended(folder);
                Files.createDirectories(ended.getParent());
                Trees.delete(ended);
                Files.move(run, ended, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Trees.delete(folder);
    }
}
