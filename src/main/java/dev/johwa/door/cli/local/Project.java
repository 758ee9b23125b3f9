package dev.johwa.door.cli.local;

import dev.johwa.door.cli.Programs;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.ProjectFile;
import dev.johwa.source.config.ServerSpec;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detector;
import dev.johwa.source.detect.Toolchains;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// The folder of a project, looked at here and now by the same code as on the server.
final class Project {
    static final String FILE = "johwa.yaml";

    private final Session session;
    private final Path folder;
    private final Detector detector;

    /// @param named folder or file that was named, relative to where the command works
    Project(Session session, String named) {
        this.session = session;
        this.folder = session.folder().resolve(named).normalize();
        var around = session.surroundings();
        this.detector = new Detector(new Toolchains(around.path(), around.home(), new Programs(around)::firstLine));
        if (!Files.exists(folder)) {
            throw Problem.user("folder.unknown", "there is no " + folder)
                    .hint("name a folder of a project")
                    .exception();
        }
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
        try {
            return Files.readString(path);
        } catch (MalformedInputException e) {
            throw new ProblemException(
                    Problem.user("file.encoding", "the file is not UTF-8")
                            .at(Place.of(String.valueOf(path.getFileName())))
                            .hint("save it as UTF-8"),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The apps with their folders.
    Map<String, Path> apps() {
        return new Configs(ServerSpec.none()).apps(file(), name());
    }

    Detection detect(Path app) {
        var place = folder.resolve(app).normalize();
        return detector.detect(place)
                .orElseThrow(() -> Problem.user("detect.unknown", "nobody here knows what " + place + " is")
                        .hint(detector.hint(place))
                        .exception());
    }

    Configs.Resolved resolve(String app, Path place, String environment) {
        var wanted = new Configs.Wanted(name(), app, environment, "main");
        return new Configs(ServerSpec.none()).resolve(wanted, file(), detect(place), Map.of());
    }

    Session session() {
        return session;
    }
}
