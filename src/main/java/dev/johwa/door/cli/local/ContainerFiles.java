package dev.johwa.door.cli.local;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.detect.Detector.Wish;
import dev.johwa.source.dockerfile.BuildContext;
import dev.johwa.source.dockerfile.Dockerfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What is wrong with Dockerfiles and their ignore files.
final class ContainerFiles {
    static final String DOCKERFILE = "Dockerfile";

    /// More is none of them, and is told so.
    private static final int MOST_BYTES = 8 << 20;

    private ContainerFiles() {}

    /// Whether a file is read as one of them, by its name alone.
    static boolean isOne(Path file) {
        var name = String.valueOf(file.getFileName());
        return isIgnoreFile(name) || isDockerfile(name.toLowerCase(Locale.ROOT));
    }

    private static boolean isIgnoreFile(String name) {
        return name.endsWith(BuildContext.IGNORE_FILE);
    }

    private static boolean isDockerfile(String lower) {
        return List.of("dockerfile", "containerfile").stream()
                .anyMatch(each -> lower.equals(each) || lower.startsWith(each + ".") || lower.endsWith("." + each));
    }

    /// One file alone.
    static List<Problem> of(Path file) {
        var name = String.valueOf(file.getFileName());
        return isIgnoreFile(name)
                ? BuildContext.problemsOf(name, bytes(file))
                : Dockerfile.read(name, bytes(file)).problems();
    }

    /// The Dockerfile of a folder, with the files that it is given; nothing when there is none.
    ///
    /// @param wish which file of it, and with which arguments it is built
    /// @param prefix under which files of the folder are told
    static List<Problem> in(Path folder, Wish wish, String prefix) {
        var file = folder.resolve(wish.file());
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        var dockerfile = Dockerfile.read(wish.file(), bytes(file), wish.arguments());
        var problems = new ArrayList<>(dockerfile.problems());
        var context = BuildContext.of(folder, file);
        problems.addAll(context.problems());
        problems.addAll(dockerfile.missing(folder, context));
        return problems.stream().map(problem -> below(prefix, problem)).toList();
    }

    private static Problem below(String prefix, Problem problem) {
        var where = problem.where();
        return where == null || prefix.isEmpty()
                ? problem
                : problem.at(new Place(prefix + where.file(), where.line(), where.column()));
    }

    private static byte[] bytes(Path file) {
        try (var input = Files.newInputStream(file)) {
            return input.readNBytes(MOST_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
