package dev.johwa.door.cli.local;

import dev.johwa.door.cli.Programs;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.ProjectFile;
import dev.johwa.source.config.ServerSpec;
import dev.johwa.source.detect.Applications;
import dev.johwa.source.detect.Applications.Application;
import dev.johwa.source.detect.ComposeApps;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detector;
import dev.johwa.source.detect.Detector.Wish;
import dev.johwa.source.detect.Explanation;
import dev.johwa.source.detect.Toolchains;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The folder of a project, looked at here and now by the same code as on the server. Of one thread.
final class Project {
    static final String FILE = "johwa.yaml";

    private final Path folder;
    private final Detector detector;
    private final Configs configs;
    private @Nullable Map<String, Application> composed;
    private List<Problem> composeProblems = List.of();

    /// @param named folder or file that was named, relative to where the command works
    /// @param spec server spec under which it is looked at, when there is one
    Project(Session session, String named, @Nullable String spec) {
        this.folder = session.folder().resolve(named).normalize();
        var around = session.surroundings();
        this.detector = new Detector(new Toolchains(around.path(), around.home(), new Programs(around)::firstLine));
        if (!Files.exists(folder)) {
            throw Problem.user("folder.unknown", "there is no " + folder)
                    .hint("name a folder of a project")
                    .exception();
        }
        this.configs = new Configs(
                spec == null
                        ? ServerSpec.none()
                        : ServerSpec.parse(spec, read(session.folder().resolve(spec))));
    }

    Path folder() {
        return folder;
    }

    /// As the server would name it when nobody does.
    String name() {
        var plain = String.valueOf(folder.toAbsolutePath().normalize().getFileName())
                .toLowerCase(Locale.ROOT);
        return plain.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    ProjectFile file() {
        var path = folder.resolve(FILE);
        return Files.isRegularFile(path) ? Configs.parse(FILE, read(path)) : ProjectFile.none();
    }

    static String read(Path path) {
        var name = String.valueOf(path.getFileName());
        try {
            return Files.readString(path);
        } catch (MalformedInputException e) {
            throw new ProblemException(
                    Problem.user("file.encoding", "the file is not UTF-8")
                            .at(Place.of(name))
                            .hint("save it as UTF-8"),
                    e);
        } catch (NoSuchFileException e) {
            throw new ProblemException(
                    Problem.user("file.unknown", "there is no " + path).hint("name a file that is there"), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The apps with their folders: those that the file names, else those that are there.
    Map<String, Path> apps() {
        var file = file();
        var project = file.name().orElseGet(this::name);
        var apps = new LinkedHashMap<String, Path>();
        var composed = composed();
        if (!composed.isEmpty()) {
            composed.forEach((name, app) -> apps.put(name, app.folder()));
            return apps;
        }
        if (!Configs.namesApps(file)) {
            survey().found().forEach(each -> apps.put(each.name(), each.folder()));
        }
        return apps.isEmpty() ? configs.apps(file, project) : apps;
    }

    /// The services of a compose file by the names of their apps, where that is what runs; what is wrong with the file
    /// is told by [#composeProblems].
    Map<String, Application> composed() {
        if (composed == null) {
            composed = services();
        }
        return composed;
    }

    private Map<String, Application> services() {
        var file = file();
        var name = file.name().orElseGet(this::name);
        boolean isOther = Configs.namesApps(file)
                || Configs.target(file).filter("process"::equals).isPresent()
                || !Configs.wish(file, name).equals(Wish.USUAL);
        if (isOther || ComposeApps.file(folder).isEmpty()) {
            return Map.of();
        }
        try {
            var read = ComposeApps.read(
                    detector,
                    new ComposeApps.Where(
                            folder, name, Map.of(), List.of(), Configs.profiles(file), configs.allowed(name)));
            var apps = new LinkedHashMap<String, Application>();
            if (read.decides(!survey().found().isEmpty())) {
                read.apps().forEach(app -> apps.put(app.name(), app));
            }
            return apps;
        } catch (ProblemException e) {
            composeProblems = e.problems();
            return Map.of();
        }
    }

    /// Why the compose file is not what runs.
    List<Problem> composeProblems() {
        composed();
        return composeProblems;
    }

    /// By what its image is built.
    Wish wish(String app) {
        return Optional.ofNullable(composed().get(app))
                .flatMap(each -> each.detection().container())
                .map(Wish::of)
                .orElseGet(() -> Configs.wish(file(), app));
    }

    /// What runs in the folder, whatever its file says.
    Applications.Survey survey() {
        return new Applications(detector).survey(folder, file().name().orElseGet(this::name));
    }

    Detection detect(Path app) {
        var place = folder.resolve(app).normalize();
        return detector.detect(folder, app).orElseThrow(() -> unknown(place));
    }

    /// Where a compose file would say it, what is wrong with that.
    private ProblemException unknown(Path place) {
        if (!composeProblems.isEmpty()) {
            return new ProblemException(composeProblems);
        }
        return Problem.user("detect.unknown", "nobody here knows what " + place + " is")
                .hint(detector.hint(place))
                .exception();
    }

    /// Who was asked what the folder of an app is.
    Explanation explain(Path app) {
        return detector.explain(folder, app);
    }

    /// An app as what it runs as: by its stack where the file says so, though there is a Dockerfile.
    Detection detect(String app, Path place, String environment) {
        var service = composed().get(app);
        if (service != null) {
            return service.detection();
        }
        var found = detect(place, Configs.wish(file(), app));
        boolean isProcess = found.container().isPresent()
                && configs.namedTarget(wanted(app, environment), file(), found)
                        .filter("process"::equals)
                        .isPresent();
        return isProcess ? detector.detectWithoutImage(folder, place).orElse(found) : found;
    }

    /// The folder itself, whatever lies below it.
    Detection detectItself() {
        return detect(Path.of("."), Configs.wish(file(), file().name().orElseGet(this::name)));
    }

    private Detection detect(Path place, Wish wish) {
        var found = detector.detect(folder, place, wish);
        if (wish.isNamed() && found.flatMap(Detection::container).isEmpty()) {
            throw Problem.user(
                            "dockerfile.missing",
                            "'docker': there is no "
                                    + place.resolve(wish.file()).normalize() + " in this folder")
                    .at(Place.of(FILE))
                    .hint("docker.file is relative to the app's folder")
                    .exception();
        }
        return found.orElseGet(() -> detect(place));
    }

    Configs.Resolved resolve(String app, Path place, String environment) {
        return resolve(app, environment, detect(app, place, environment));
    }

    /// Of an app that was looked at already.
    Configs.Resolved resolve(String app, String environment, Detection detection) {
        return configs.resolve(wanted(app, environment), file(), detection, Map.of());
    }

    private Configs.Wanted wanted(String app, String environment) {
        return new Configs.Wanted(file().name().orElseGet(this::name), app, environment, "main");
    }
}
