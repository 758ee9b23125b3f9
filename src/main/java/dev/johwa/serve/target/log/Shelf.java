package dev.johwa.serve.target.log;

import dev.johwa.lib.file.Whole;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.target.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the output of instances lies: `APP/instances/ID/run` of processes and `APP/containers/ID/run` of containers
/// while they are there, `APP/ended/ID` after; in each the files `out`, `err`, and `instance`, which says whose they
/// are. Beside it lies what outlives them, for all targets alike: an app that changes its target finds its own.
public final class Shelf {
    private static final String INSTANCE = "instance";
    private static final List<String> PRESENT = List.of("instances", "containers");

    private final Path apps;

    public Shelf(Path apps) {
        this.apps = apps;
    }

    /// The folder of an app's own.
    public Path app(String app) {
        return apps.resolve(app.replace('/', '+'));
    }

    /// Data of an app, a folder an environment.
    public List<Path> data(String app) {
        return children(app(app).resolve("data"));
    }

    public Path data(String app, String environment) {
        return app(app).resolve("data").resolve(plain(environment));
    }

    /// @param relative as it is called in the app's folder
    public Path data(String app, String environment, Path relative) {
        return data(app, environment).resolve(relative.toString().replace('/', '+'));
    }

    /// Where it is kept on which port an app insists.
    public Path insisted(String app, String environment) {
        return app(app).resolve("port-" + plain(environment));
    }

    /// An environment as a name of a file.
    public static String plain(String environment) {
        return environment.replace('/', '+').replaceAll("^\\.+", "_");
    }

    /// Writes whose output a folder holds.
    public static void label(Path folder, Instance instance) {
        try {
            Whole.write(Files.createDirectories(folder).resolve(INSTANCE), Json.bytes(instance));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Every app that has, or had, an instance here.
    public List<Path> apps() {
        return children(apps);
    }

    public List<Printed> running(Path app) {
        return PRESENT.stream()
                .flatMap(kind -> children(app.resolve(kind)).stream())
                .flatMap(folder -> streams(folder.resolve("run"), false).stream())
                .toList();
    }

    public List<Printed> ended(Path app) {
        return endedFolders(app).stream()
                .flatMap(folder -> streams(folder, true).stream())
                .toList();
    }

    /// Oldest first.
    List<Path> endedFolders(Path app) {
        return children(app.resolve("ended")).stream()
                .sorted(Comparator.comparing(Shelf::startedAt))
                .toList();
    }

    private static String startedAt(Path folder) {
        return read(folder)
                .map(instance -> String.format("%020d", instance.startedAt().toEpochMilli()))
                .orElse("");
    }

    /// The two streams of a folder.
    public static List<Printed> streams(Path folder, boolean ended) {
        return read(folder).stream()
                .flatMap(instance ->
                        Stream.of("out", "err").map(name -> new Printed(folder.resolve(name), name, instance, ended)))
                .filter(printed -> Files.exists(printed.file()))
                .toList();
    }

    private static Optional<Instance> read(Path folder) {
        try {
            return Optional.of(Json.read(Files.readAllBytes(folder.resolve(INSTANCE)), Instance.class));
        } catch (IOException | ProblemException e) {
            return Optional.empty();
        }
    }

    public static List<Path> children(Path folder) {
        try (var children = Files.newDirectoryStream(folder, Files::isDirectory)) {
            var found = new ArrayList<Path>();
            children.forEach(found::add);
            return found;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
