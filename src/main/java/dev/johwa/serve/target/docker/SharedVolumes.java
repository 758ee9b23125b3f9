package dev.johwa.serve.target.docker;

import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.file.Whole;
import dev.johwa.lib.json.Json;
import dev.johwa.serve.target.InstanceSpec;
import dev.johwa.source.detect.ContainerRun.Sharing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Volumes that a compose file names. They belong to its project, whichever services have them: where each lies, and
/// which apps have had it, is written down before a container has it, in `PROJECT+/volumes/ENVIRONMENT/NAME`. A new one
/// lies in `PROJECT+/data/ENVIRONMENT/NAME`; one of before, which lay with an app, stays there.
final class SharedVolumes {
    /// `APP/data/ENVIRONMENT`
    private static final int FOLDERS_ABOVE = 3;

    private final Engine engine;
    private final Places places;
    private final Marks marks;

    SharedVolumes(Engine engine, Places places, Marks marks) {
        this.engine = engine;
        this.places = places;
        this.marks = marks;
    }

    /// What is written down.
    ///
    /// @param owner app with which it lies, or the project as [Places#project] has it
    /// @param path as it is called there
    /// @param users apps that have had it since
    record Known(String owner, String environment, String path, List<String> users) {
        Known {
            users = List.copyOf(users);
        }

        Known with(List<String> others) {
            return new Known(owner, environment, path, others);
        }
    }

    /// The app with which one lies, now that an app has it.
    synchronized String owner(InstanceSpec spec, Path path, Sharing sharing) {
        var project = Marks.project(spec.app());
        var file = places.volume(project, spec.environment(), path);
        var known = read(file)
                .orElseGet(() -> new Known(
                        owner(project, spec.environment(), path, sharing),
                        spec.environment(),
                        path.toString(),
                        // Some of them may run since before this was written down.
                        sharing.by().stream().map(name -> app(project, name)).toList()));
        use(file, known, spec.app());
        return known.owner();
    }

    /// Where it lies that nothing was written of.
    private String owner(String project, String environment, Path path, Sharing sharing) {
        var others = sharing.others().stream().map(name -> app(project, name)).toList();
        return Stream.concat(
                        sharing.by().stream().map(name -> app(project, name)),
                        // Of those that had it in a commit of before.
                        places.appsOf(project).stream().filter(app -> !others.contains(app)))
                .filter(app -> Files.isDirectory(places.data(app, environment, path)))
                .findFirst()
                .orElse(Places.project(project));
    }

    static String app(String project, String name) {
        return name.isEmpty() ? project : project + "/" + name;
    }

    /// Notes that an app has one that lies with another, as a release of before says.
    synchronized void note(InstanceSpec spec, Path path, String owner) {
        var file = places.volume(Marks.project(spec.app()), spec.environment(), path);
        var known = read(file);
        boolean isForeign = !owner.equals(spec.app());
        if (known.isEmpty() && isForeign) {
            use(file, new Known(owner, spec.environment(), path.toString(), List.of(owner)), spec.app());
        } else {
            known.filter(each -> each.owner().equals(owner)).ifPresent(each -> use(file, each, spec.app()));
        }
    }

    private static void use(Path file, Known known, String app) {
        if (!Files.exists(file) || !known.users().contains(app)) {
            var users = new TreeSet<>(known.users());
            users.add(app);
            write(file, known.with(List.copyOf(users)));
        }
    }

    /// Who leaves those that it has.
    ///
    /// @param app or a project as [Places#project] has it, of which no app is left
    /// @param environment empty for all
    /// @param isForAll whether others have them no more either
    record Leaving(String app, Optional<String> environment, boolean isForAll) {
        private boolean isOf(Known known) {
            return environment.isEmpty() || environment.get().equals(known.environment());
        }

        private boolean hasHad(Known known) {
            return app.endsWith("/") || known.users().contains(app);
        }

        private List<String> left(Known known) {
            return known.users().stream().filter(user -> !user.equals(app)).toList();
        }
    }

    /// Those that nobody has any more go.
    ///
    /// @return folders of those that stay
    synchronized List<Path> leave(Leaving leaving) {
        var project = Marks.project(leaving.app());
        var kept = files(project).stream()
                .flatMap(
                        file -> read(file).filter(leaving::isOf).flatMap(known -> leave(file, known, leaving)).stream())
                .toList();
        if (files(project).isEmpty()) {
            Trees.delete(places.volumes(project).resolve("..").normalize());
        }
        return kept;
    }

    private List<Path> files(String project) {
        return Trees.children(places.volumes(project)).stream()
                .flatMap(folder -> Trees.children(folder).stream())
                .toList();
    }

    private Optional<Path> leave(Path file, Known known, Leaving leaving) {
        var path = Path.of(known.path());
        var place = places.data(known.owner(), known.environment(), path)
                .toAbsolutePath()
                .normalize();
        if (!leaving.hasHad(known)) {
            return Optional.of(place);
        }
        var left = leaving.left(known);
        // Of what started before this was written down, the engine knows.
        if ((leaving.isForAll() || left.isEmpty())
                && engine.volumes().remove(marks.volume(known.owner(), known.environment(), path))) {
            delete(place);
            Trees.delete(file);
            return Optional.empty();
        }
        write(file, known.with(left));
        return Optional.of(place);
    }

    /// With the folders of an app that has left, when nothing else is in them.
    private static void delete(Path place) {
        Trees.delete(place);
        for (int above = 1; above <= FOLDERS_ABOVE; above++) {
            var folder = place.resolve("../".repeat(above)).normalize();
            if (Trees.children(folder).isEmpty()) {
                Trees.delete(folder);
            }
        }
    }

    /// With whom volumes of projects lie.
    static List<String> owners(Places places) {
        return places.apps().stream()
                .flatMap(folder -> Trees.children(folder.resolve("volumes")).stream())
                .flatMap(folder -> Trees.children(folder).stream())
                .flatMap(file -> read(file).stream())
                .map(Known::owner)
                .distinct()
                .toList();
    }

    private static Optional<Known> read(Path file) {
        try {
            return Files.isRegularFile(file) && !Whole.isPart(file)
                    ? Optional.of(Json.read(Files.readAllBytes(file), Known.class))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, Known known) {
        try {
            var folder = Files.createDirectories(file.resolveSibling(""));
            Trees.hideNames(folder.resolve("../..").normalize());
            Whole.writeDurably(file, Json.bytes(known), "rw-r--r--");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
