package dev.johwa.source.compose.load;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.problem.Severity;
import dev.johwa.source.compose.load.Loaded.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds the files of a project, its folder, and the environment that its `.env` adds.
public final class FoundFiles {
    /// Names of files, in the order in which they count.
    public static final List<String> NAMES =
            List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");
    private static final List<String> OVERRIDES = List.of(
            "compose.override.yml",
            "compose.override.yaml",
            "docker-compose.override.yml",
            "docker-compose.override.yaml");

    private FoundFiles() {}

    public static Optional<Path> in(Path folder) {
        return present(NAMES, folder).findFirst();
    }

    private static Stream<Path> present(List<String> names, Path folder) {
        return names.stream().map(folder::resolve).filter(Files::isRegularFile);
    }

    /// What is to be read, when this is asked for.
    ///
    /// @param asked files may be relative to the folder, or missing
    /// @param notes takes a warning where several files have the name of one
    /// @throws ProblemException `compose.none` when there is none
    public static Task task(Task asked, Consumer<Problem> notes) {
        var environment = new LinkedHashMap<>(asked.environment());
        environment.putIfAbsent("PWD", asked.folder().toString());
        var files = new ArrayList<>(asked.files().stream()
                .map(file -> asked.folder().resolve(file).normalize())
                .toList());
        if (files.isEmpty()) {
            addDotEnv(asked.folder(), environment, asked);
            files.addAll(named(asked.folder(), environment));
        }
        if (files.isEmpty()) {
            files.addAll(found(asked, notes));
        }
        var first = files.getFirst();
        var folder = first.getParent() == null ? asked.folder() : first.getParent();
        addDotEnv(folder, environment, asked);
        var profiles = asked.profiles().isEmpty()
                ? Stream.of(environment.getOrDefault("COMPOSE_PROFILES", "").split(","))
                        .map(String::strip)
                        .toList()
                : asked.profiles();
        return new Task(folder, files, profiles, environment, asked.isConfined());
    }

    /// Of the environment's `COMPOSE_FILE`.
    private static List<Path> named(Path folder, Map<String, String> environment) {
        var text = environment.get("COMPOSE_FILE");
        if (text == null) {
            return List.of();
        }
        var separator = environment.getOrDefault("COMPOSE_PATH_SEPARATOR", "");
        return Stream.of(text.split(Pattern.quote(separator.isEmpty() ? ":" : separator), -1))
                .map(each -> folder.resolve(Disk.path(each)).normalize())
                .toList();
    }

    private static List<Path> found(Task asked, Consumer<Problem> notes) {
        for (var folder = asked.folder(); folder != null; folder = asked.isConfined() ? null : folder.getParent()) {
            var files = present(NAMES, folder).toList();
            if (files.isEmpty()) {
                continue;
            }
            if (files.size() > 1) {
                notes.accept(Problem.user(
                                "compose.several",
                                files.getFirst().getFileName() + " is read, and "
                                        + files.get(1).getFileName() + " is not")
                        .as(Severity.WARNING)
                        .at(Place.of(String.valueOf(files.get(1).getFileName())))
                        .hint("keep one of them"));
            }
            return Stream.concat(
                            files.stream().limit(1), present(OVERRIDES, folder).limit(1))
                    .toList();
        }
        throw Problem.user("compose.none", "there is no compose file in " + asked.folder())
                .hint("name one with -f, or add compose.yaml")
                .exception();
    }

    private static void addDotEnv(Path folder, Map<String, String> environment, Task asked) {
        var file = folder.resolve(".env");
        boolean isOff = List.of("1", "t", "T", "true", "TRUE", "True")
                .contains(environment.getOrDefault("COMPOSE_DISABLE_ENV_FILE", ""));
        if (!isOff && Files.isRegularFile(file)) {
            new Disk(folder, asked.isConfined())
                    .environment(List.of(file), environment)
                    .forEach(environment::putIfAbsent);
        }
    }
}
