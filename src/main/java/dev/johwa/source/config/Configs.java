package dev.johwa.source.config;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.problem.Severity;
import dev.johwa.source.config.Origin.Layer;
import dev.johwa.source.config.ValueReader.Read;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Detector.Wish;
import dev.johwa.source.detect.stack.Draft;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Resolves settings: project over environment over server over convention. Safe for use by many threads.
public final class Configs {
    public static final String PRODUCTION = "production";
    static final String PREVIEW = "preview";
    /// The layer of previews of strangers, to whom values and secrets of the project's own previews are not given. No
    /// environment has a dot in its name.
    public static final String FORK = PREVIEW + ".fork";
    /// Names of settings where nothing runs under that name.
    private static final Set<String> SETTINGS_ONLY = Set.of(PREVIEW, "test");

    private static final List<String> OF_ONE_APP =
            List.of("folder", "service", "build", "start", "release", "port", "domains", "docker.file", "docker.stage");

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

    /// Whether a rule of this server forbids faults on purpose, also in what was released before there was one.
    public boolean forbidsFaults() {
        return server.forbids("faults");
    }

    /// @param environmentLayer what `johwa envs` set for this app and environment, by name
    /// @throws ProblemException when the project leaves the bounds of the server
    public Resolved resolve(
            Wanted wanted, ProjectFile file, Detection detection, Map<String, String> environmentLayer) {
        var layers = new Layers();
        Conventions.of(wanted, detection).forEach((path, value) -> layers.put(path, value, Origin.CONVENTION));
        layers.put(server.defaults(), Layer.SERVER);
        environmentLayer.forEach(
                (name, value) -> layers.put("env." + name, value, new Origin(Layer.ENVIRONMENT, null)));
        for (var section : sections(wanted, file)) {
            layers.put(section.values(), Layer.PROJECT);
        }
        for (var section : sections(wanted, file)) {
            var name = isPreview(wanted.environment()) ? PREVIEW : wanted.environment();
            layers.put(section.environments().getOrDefault(name, Map.of()), Layer.PROJECT);
        }
        server.bind(layers);
        if (detection.service() == Service.LIBRARY && isTold(layers, "start") && !isTold(layers, "service")) {
            layers.put("service", "web", Origin.CONVENTION);
        }
        var settings = new SettingsMaker(wanted, layers, detection, server).make();
        Conventions.fixed(detection).forEach((path, value) -> layers.put(path, value, Origin.CONVENTION));
        server.testRule()
                .ifPresent(rule -> layers.put("rules.test", rule.value(), new Origin(Layer.SERVER, rule.place())));
        return new Resolved(settings, layers.values(), layers.origins(), problems(wanted, layers, detection));
    }

    /// Whether somebody wrote it.
    private static boolean isTold(Layers layers, String path) {
        return layers.origin(path)
                .filter(origin -> !origin.equals(Origin.CONVENTION))
                .isPresent();
    }

    private static List<Problem> problems(Wanted wanted, Layers layers, Detection detection) {
        var problems = new ArrayList<>(NotYet.of(layers, detection));
        problems.addAll(FrontCheck.of(layers));
        problems.addAll(RolloutCheck.of(layers));
        problems.addAll(new CounterCheck(layers).problems());
        problems.addAll(new ScheduleMaker(wanted, layers).problems());
        problems.addAll(new IgnoredMaker(layers).problems());
        layers.get("name", String.class)
                .filter(name -> !name.equals(wanted.project()))
                .ifPresent(name -> problems.add(Problem.user(
                                "config.other-name", "'name' is '" + name + "', and the project is " + wanted.project())
                        .as(Severity.WARNING)
                        .at(layers.origin("name").map(Origin::where).orElseGet(() -> Place.of("johwa.yaml")))
                        .hint("the address that is pushed to decides; leave 'name' out or make them equal")));
        return List.copyOf(problems);
    }

    /// The JSON Schema (2020-12) of `johwa.yaml`, from the same table by which files are read.
    public static Map<String, Object> schema() {
        return Schema.document();
    }

    /// The whole process of a project that has no file, as a `johwa.yaml` that changes nothing.
    public static String whole(Resolved production, Resolved preview) {
        return WholeFile.of(production, preview);
    }

    private static List<ProjectFile.Section> sections(Wanted wanted, ProjectFile file) {
        var own = file.apps().get(wanted.app());
        return own == null ? List.of(file.general()) : List.of(file.general(), own);
    }

    /// Which app in which environment; the branch decides the preview's own keys.
    public record Wanted(String project, String app, String environment, String branch) {}

    /// Settings; the same as values by path (`env.GREETING`, `health.path`) with the origin of each; and warnings.
    public record Resolved(
            Settings settings, Map<String, Object> values, Map<String, Origin> origins, List<Problem> problems) {
        /// What detection warns of, without what the file of the project answers: what starts.
        public List<Problem> warnings(Detection detection) {
            boolean isStarted = settings.service() != Service.LIBRARY;
            return detection.warnings().stream()
                    .filter(each -> !isStarted || !each.code().equals(Draft.NOTHING_STARTS))
                    .toList();
        }

        /// @throws ProblemException with what this platform cannot do
        public void requireReady() {
            var errors = problems.stream().filter(Problem::isError).toList();
            if (!errors.isEmpty()) {
                throw new ProblemException(errors);
            }
        }
    }

    /// The environment that a branch goes to: the one whose `branch` it is, production for the default branch, one with
    /// a pattern as its `branch` (`release/*`) that fits, else `preview`.
    public String environmentOf(ProjectFile file, String branch, Optional<String> defaultBranch) {
        var branches = new LinkedHashMap<String, String>();
        file.general().environments().forEach((name, values) -> {
            if (values.get("branch") instanceof Read(Object named, Place _)) {
                branches.put(name, String.valueOf(named));
            }
        });
        boolean isProduction = !branches.containsKey(PRODUCTION)
                && defaultBranch.map(branch::equals).orElse(true);
        return first(branches, branch::equals)
                .or(() -> isProduction ? Optional.of(PRODUCTION) : Optional.empty())
                .or(() -> first(branches, pattern -> fits(pattern, branch)))
                .orElse(PREVIEW);
    }

    /// The image that the file wants of an app.
    public static Wish wish(ProjectFile file, String app) {
        var values = new LinkedHashMap<>(file.general().values());
        var own = file.apps().get(app);
        if (own != null) {
            values.putAll(own.values());
        }
        return new Wish(
                text(values, "docker.file").orElse(Wish.USUAL.file()),
                text(values, "docker.stage").map(stage -> stage.toLowerCase(Locale.ROOT)),
                below(values, "docker.args."),
                "");
    }

    private static Map<String, String> below(Map<String, Read> values, String prefix) {
        var texts = new LinkedHashMap<String, String>();
        values.forEach((path, read) -> {
            if (path.startsWith(prefix)) {
                texts.put(path.substring(prefix.length()), String.valueOf(read.value()));
            }
        });
        return texts;
    }

    private static Optional<String> text(Map<String, Read> values, String path) {
        return Optional.ofNullable(values.get(path)).map(read -> String.valueOf(read.value()));
    }

    /// What the compose file of a project may ask for that others may not: words of
    /// [dev.johwa.source.compose.Forbidden#ALLOWABLE].
    public Set<String> allowed(String project) {
        return server.allowed(project);
    }

    /// The profiles of the compose file whose services count.
    public static List<String> profiles(ProjectFile file) {
        return file.general().values().get("compose.profiles") instanceof Read(List<?> names, Place _)
                ? names.stream().map(String::valueOf).toList()
                : List.of();
    }

    /// Where the file says that all of its apps run.
    public static Optional<String> target(ProjectFile file) {
        return text(file.general().values(), "target");
    }

    /// Where instances of it run when nobody says it: what becomes an image in containers.
    static String target(Detection detection) {
        return detection.container().isPresent() ? "docker" : "process";
    }

    /// The target that the project or the server names for it, whatever it was found to be.
    public Optional<String> namedTarget(Wanted wanted, ProjectFile file, Detection detection) {
        var resolved = resolve(wanted, file, detection, Map.of());
        return Optional.ofNullable(resolved.origins().get("target"))
                .filter(origin -> !origin.equals(Origin.CONVENTION))
                .map(origin -> String.valueOf(resolved.values().get("target")));
    }

    /// Whether what runs with the settings of this layer is a preview.
    public static boolean isPreview(String layer) {
        return layer.equals(PREVIEW) || layer.equals(FORK);
    }

    /// Whether an environment has this name, so that the preview of a branch cannot have it.
    public static boolean isEnvironment(ProjectFile file, String name) {
        return name.equals(PRODUCTION) || file.environments().contains(name) && !SETTINGS_ONLY.contains(name);
    }

    private static Optional<String> first(Map<String, String> branches, Predicate<String> wanted) {
        return branches.entrySet().stream()
                .filter(each -> wanted.test(each.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// `*` stands for any text.
    private static boolean fits(String pattern, String branch) {
        return branch.matches(
                Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    /// Whether the file decides which apps there are: it names them, or says what the one there is does.
    public static boolean namesApps(ProjectFile file) {
        return !file.apps().isEmpty()
                || OF_ONE_APP.stream().anyMatch(file.general().values()::containsKey);
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

    /// The reader has refused what leaves the repository.
    private static Path folder(Map<String, Read> values) {
        var read = values.get("folder");
        var folder = Path.of(read == null ? "." : String.valueOf(read.value())).normalize();
        return folder.toString().isEmpty() ? Path.of(".") : folder;
    }
}
