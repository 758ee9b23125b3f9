package dev.johwa.source.config;

import dev.johwa.lib.problem.Problem;
import dev.johwa.source.detect.Detection;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Resolves settings: project over environment over server over convention.
public final class Configs {

    /// Reads the file of a project; every error of it is thrown at once.
    ///
    /// @param file the name under which it is told in problems: `johwa.yaml`
    public static ProjectFile parse(String file, String text) {
        throw new UnsupportedOperationException();
    }

    /// @param environmentLayer what `johwa envs` set for this app and environment, by name
    public Resolved resolve(
            Wanted wanted, ProjectFile file, Detection detection, Map<String, String> environmentLayer) {
        throw new UnsupportedOperationException();
    }

    /// Which app in which environment; the branch decides the preview's own keys.
    public record Wanted(String project, String app, String environment, String branch) {}

    /// Settings with the origin of each value by its path (`env.GREETING`, `health.path`), and warnings.
    public record Resolved(Settings settings, Map<String, Origin> origins, List<Problem> problems) {}

    /// The environment that a branch goes to.
    ///
    /// @return the environment's name and whether it may deploy; `preview` for branches that nobody names
    public String environmentOf(ProjectFile file, String branch, Optional<String> defaultBranch) {
        throw new UnsupportedOperationException();
    }

    /// The apps of the file with their folders; one app named as the project, in `.`, when it names none.
    public Map<String, Path> apps(ProjectFile file, String project) {
        throw new UnsupportedOperationException();
    }
}
