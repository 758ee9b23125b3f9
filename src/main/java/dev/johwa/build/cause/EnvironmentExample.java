package dev.johwa.build.cause;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.EnvText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The file by which a team tells its newcomers which values an application wants: `.env.example` and its other names.
/// Beside it lies a `.env` with the real ones, which no repository has.
public final class EnvironmentExample {
    private static final List<String> FILES =
            List.of(".env.example", ".env.sample", ".env.template", ".env.dist", "example.env", "sample.env");
    private static final int MOST_TOLD = 10;
    private static final long LARGEST = 1 << 20;

    private EnvironmentExample() {}

    /// What it names and nobody set.
    ///
    /// @param folder of the application
    /// @param set names that are set
    /// @param app as a command takes it
    public static Optional<Cause> unset(Path folder, Set<String> set, String app) {
        return FILES.stream()
                .filter(file -> isReadable(folder, file))
                .findFirst()
                .flatMap(file -> unset(folder, file, set, app));
    }

    /// A link may lead to what is the server's, or another project's.
    private static boolean isReadable(Path folder, String file) {
        var place = folder.resolve(file);
        return Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
                && Trees.holds(folder, file)
                && place.toFile().length() <= LARGEST;
    }

    private static Optional<Cause> unset(Path folder, String file, Set<String> set, String app) {
        var unset = names(folder.resolve(file)).stream()
                .filter(name -> !set.contains(name) && !EnvironmentReads.GIVEN.contains(name))
                .toList();
        if (unset.isEmpty()) {
            return Optional.empty();
        }
        var told = unset.stream().limit(MOST_TOLD).collect(Collectors.joining(", "));
        var more = unset.size() > MOST_TOLD ? ", and " + (unset.size() - MOST_TOLD) + " more" : "";
        return Optional.of(new Cause(
                "value.example",
                "perhaps values that " + file + " names and nothing sets here: " + told + more,
                "johwa secrets import " + app + " .env"));
    }

    private static List<String> names(Path file) {
        try {
            return List.copyOf(
                    EnvText.read(file.toString(), Files.readString(file)).keySet());
        } catch (IOException | ProblemException e) {
            // What cannot be read says nothing.
            return List.of();
        }
    }
}
