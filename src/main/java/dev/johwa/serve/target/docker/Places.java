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

    /// Names of the apps and projects that have a folder here.
    List<Path> apps() {
        return shelf.apps();
    }

    List<Path> data(String app) {
        return shelf.data(app);
    }

    Path data(String app, String environment, Path path) {
        return shelf.data(app, environment, path);
    }

    /// Where it is written down where a volume of a project lies.
    Path volume(String project, String environment, Path path) {
        return volumes(project)
                .resolve(Shelf.plain(environment))
                .resolve(path.toString().replace('/', '+'));
    }

    /// Folders of such files, one an environment.
    Path volumes(String project) {
        return shelf.app(project(project)).resolve("volumes");
    }

    /// As what the folder of a project itself is known, in which volumes lie that no app of it owns.
    static String project(String project) {
        return project + "/";
    }

    /// Apps of a project that have a folder here.
    List<String> appsOf(String project) {
        return shelf.apps().stream()
                .map(folder -> folder.getFileName().toString().replace('+', '/'))
                .filter(name -> name.equals(project) || name.startsWith(project(project)))
                .sorted()
                .toList();
    }

    /// @param environment empty for all that an app has
    /// @param kept what lies there and is others' too
    void discard(String app, Optional<String> environment, List<Path> kept) {
        if (environment.isEmpty()) {
            delete(shelf.app(app), kept);
            return;
        }
        delete(shelf.data(app, environment.get()), kept);
        Trees.delete(shelf.insisted(app, environment.get()));
    }

    private static void delete(Path folder, List<Path> kept) {
        var whole = folder.toAbsolutePath().normalize();
        if (kept.contains(whole)) {
            return;
        }
        if (kept.stream().noneMatch(each -> each.startsWith(whole))) {
            Trees.delete(folder);
            return;
        }
        Trees.children(folder).forEach(child -> delete(child, kept));
    }

    /// Writes what is known of an instance.
    void keep(Kept state) {
        var folder = Path.of(state.instance().handle());
        try {
            Trees.hideNames(Files.createDirectories(folder));
            Trees.hideNames(shelf.app(state.instance().app()));
            Shelf.label(folder.resolve("run"), state.instance());
            Whole.write(folder.resolve("state"), Json.bytes(state.written()));
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
