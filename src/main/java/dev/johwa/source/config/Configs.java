package dev.johwa.source.config;

import dev.johwa.lib.problem.Problem;
import dev.johwa.source.config.Origin.Layer;
import dev.johwa.source.config.ValueReader.Read;
import dev.johwa.source.detect.Detection;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Resolves settings: project over environment over server over convention. Safe for use by many threads.
public final class Configs {
    static final String PRODUCTION = "production";
    static final String PREVIEW = "preview";

    private final ServerSpec server;

    public Configs(ServerSpec server) {
        this.server = server;
    }

    /// Reads the file of a project; every error of it is thrown at once.
    ///
    /// @param file the name under which it is told in problems: `johwa.yaml`
    public static ProjectFile parse(String file, String text) {
        return ProjectFile.parse(file, text);
    }

    /// @param environmentLayer what `johwa envs` set for this app and environment, by name
    /// @throws ProblemException when the project leaves the bounds of the server
    public Resolved resolve(
            Wanted wanted, ProjectFile file, Detection detection, Map<String, String> environmentLayer) {
        var layers = new Layers();
        Conventions.of(wanted, detection)
                .forEach((path, value) -> layers.put(path, value, new Origin(Layer.CONVENTION, null)));
        layers.put(server.defaults(), Layer.SERVER);
        environmentLayer.forEach(
                (name, value) -> layers.put("env." + name, value, new Origin(Layer.ENVIRONMENT, null)));
        for (var section : sections(wanted, file)) {
            layers.put(section.values(), Layer.PROJECT);
        }
        for (var section : sections(wanted, file)) {
            layers.put(section.environments().getOrDefault(wanted.environment(), Map.of()), Layer.PROJECT);
        }
        server.requireWithin(layers);
        var settings = new SettingsMaker(wanted, layers, detection, server).make();
        return new Resolved(settings, layers.values(), layers.origins(), List.<Problem>of());
    }

    private static List<ProjectFile.Section> sections(Wanted wanted, ProjectFile file) {
        var own = file.apps().get(wanted.app());
        return own == null ? List.of(file.general()) : List.of(file.general(), own);
    }

    /// Which app in which environment; the branch decides the preview's own keys.
    public record Wanted(String project, String app, String environment, String branch) {}

    /// Settings; the same as values by path (`env.GREETING`, `health.path`) with the origin of each; and warnings.
    public record Resolved(
            Settings settings, Map<String, Object> values, Map<String, Origin> origins, List<Problem> problems) {}

    /// The environment that a branch goes to: a named one whose `branch` it is, production for the default branch,
    /// else `preview`.
    public String environmentOf(ProjectFile file, String branch, Optional<String> defaultBranch) {
        for (var environment : file.general().environments().entrySet()) {
            var named = environment.getValue().get("branch");
            if (named != null && named.value().equals(branch)) {
                return environment.getKey();
            }
        }
        boolean productionIsElsewhere =
                file.general().environments().getOrDefault(PRODUCTION, Map.of()).containsKey("branch");
        boolean isDefault = defaultBranch.map(branch::equals).orElse(true);
        return isDefault && !productionIsElsewhere ? PRODUCTION : PREVIEW;
    }

    /// The apps of the file with their folders; one app named as the project, in `.`, when it names none.
    public Map<String, Path> apps(ProjectFile file, String project) {
        var apps = new LinkedHashMap<String, Path>();
        file.apps().forEach((name, section) -> apps.put(name, folder(section.values())));
        if (apps.isEmpty()) {
            apps.put(project, folder(file.general().values()));
        }
        return apps;
    }

    private static Path folder(Map<String, Read> values) {
        var read = values.get("folder");
        var folder = Path.of(read == null ? "." : String.valueOf(read.value())).normalize();
        if (folder.isAbsolute() || folder.startsWith("..")) {
            throw Problem.user("config.folder", "'folder' leaves the repository: " + folder)
                    .at(java.util.Objects.requireNonNull(read).place())
                    .exception();
        }
        return folder.toString().isEmpty() ? Path.of(".") : folder;
    }
}
