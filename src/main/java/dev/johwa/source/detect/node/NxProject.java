package dev.johwa.source.detect.node;

import static dev.johwa.source.detect.node.Frameworks.pages;
import static dev.johwa.source.detect.node.Frameworks.server;

import dev.johwa.lib.json.Json;
import dev.johwa.source.detect.node.Frameworks.Found;
import dev.johwa.source.detect.node.Frameworks.Framework;
import dev.johwa.source.detect.stack.Folder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// A project of a repository that Nx builds, by its own project.json or by what its package.json says under `nx`: how
/// its target `build` is made, and what that leaves. Targets that plugins of Nx find by themselves are written nowhere;
/// the tools' own configuration tells of those.
///
/// @param targets by name, as they are written
record NxProject(NodeProject project, JsonNode targets) {
    private static final String FILE = "project.json";
    private static final Pattern ANGULAR = Pattern.compile("@(angular|angular-devkit|nx/angular)/.*|@nx/angular:.*");
    private static final Pattern BUNDLES = Pattern.compile("@(nx|nrwl)/(vite|webpack|rspack|web):.*");
    private static final Pattern COMPILES = Pattern.compile("@(nx|nrwl)/(esbuild|js|node):.*");
    private static final Pattern RUNS = Pattern.compile("@(nx|nrwl)/(js|node):(node|execute)");
    private static final Pattern FOR_NODE = Pattern.compile("\\btarget\\s*:\\s*[\"']node[\"']");
    private static final Pattern OUTPUT = Pattern.compile("\\b(?:path|outDir|outputPath)\\s*:\\s*"
            + "(?:(?:path\\.)?(?:resolve|join)\\(\\s*(?:__dirname|import\\.meta\\.dirname)\\s*,\\s*)?"
            + "[\"'`]([\\w./-]+)[\"'`]");
    private static final List<String> CONFIGURATIONS = List.of("vite.config", "webpack.config", "rspack.config");

    /// Whether the packages of a repository are built by Nx.
    static boolean isWhole(Folder repository) {
        return repository.has("nx.json");
    }

    /// The folders of a repository in which a project.json tells of a project of Nx.
    static List<String> places(Folder repository) {
        return isWhole(repository)
                ? repository.files(Folder.DEEPEST, name -> name.endsWith("/" + FILE)).stream()
                        .map(name -> name.substring(0, name.length() - FILE.length() - 1))
                        .toList()
                : List.of();
    }

    /// What stands for the package.json of a project that has none: its name alone, since what it depends on is its
    /// repository's.
    static Optional<NodePackage> manifest(Folder folder) {
        boolean isOne = folder.has(FILE)
                && folder.repository().filter(NxProject::isWhole).isPresent();
        return isOne ? folder.read(FILE).flatMap(NodePackage::parsed).map(NxProject::named) : Optional.empty();
    }

    private static NodePackage named(JsonNode json) {
        return new NodePackage(Json.convert(Map.of("name", json.path("name").asString("")), JsonNode.class));
    }

    static Optional<NxProject> of(NodeProject project) {
        if (!project.isMember() || !isWhole(project.home())) {
            return Optional.empty();
        }
        var own = project.folder().read(FILE).flatMap(NodePackage::parsed);
        var json = own.orElseGet(() -> project.manifest().json().path("nx"));
        return Optional.of(new NxProject(project, json.path("targets")));
    }

    boolean isBuilt() {
        return targets.has("build") || project.folder().has(FILE);
    }

    /// What its build leaves, where Nx says that; empty where the package says it itself.
    Optional<Found> found() {
        return outcome().map(each -> new Found(new Framework("Nx", "nx", List.of(), "", _ -> outcome()), each));
    }

    private Optional<Outcome> outcome() {
        var executor = targets.path("build").path("executor").asString("");
        if (ANGULAR.matcher(executor).matches()) {
            var folder = option("outputPath").orElse("dist/" + project.folder().place());
            return pages(fromRoot(executor.endsWith(":application") ? folder + "/browser" : folder), true);
        }
        boolean isBundled = BUNDLES.matcher(executor).matches()
                || executor.isEmpty() && project.folder().has(FILE) && hasConfiguration();
        if (isBundled && !isForNode()) {
            return hasPage() ? pages(output("dist"), true) : Optional.empty();
        }
        if (isBundled || COMPILES.matcher(executor).matches() && isRun()) {
            return server("node", output("dist") + "/" + program(executor));
        }
        boolean isNext = project.folder().has(FILE) && project.configured("next.config", Pattern.compile(""));
        return isNext ? FrameworkServers.next(project) : Optional.empty();
    }

    private boolean hasConfiguration() {
        return CONFIGURATIONS.stream().anyMatch(name -> project.configured(name, Pattern.compile("")));
    }

    private boolean hasPage() {
        return project.folder().first(List.of("index.html", "src/index.html")).isPresent();
    }

    private boolean isForNode() {
        return option("target").filter("node"::equals).isPresent()
                || CONFIGURATIONS.stream().anyMatch(name -> project.configured(name, FOR_NODE));
    }

    private boolean isRun() {
        return RUNS.matcher(targets.path("serve").path("executor").asString("")).matches();
    }

    /// TypeScript's and swc's compilers keep the folders of the sources; the others write one file.
    private String program(String executor) {
        boolean keepsFolders = executor.matches("@(nx|nrwl)/js:.*");
        return (keepsFolders ? "src/" : "") + option("outputFileName").orElse("main.js");
    }

    private Optional<String> option(String name) {
        var written = targets.path("build").path("options").path(name);
        return (written.isObject() ? written.path("base") : written)
                .asStringOpt()
                .filter(text -> !text.isBlank());
    }

    /// The folder that the build writes, seen from the project's own.
    private String output(String otherwise) {
        return option("outputPath")
                .map(this::fromRoot)
                .or(() -> CONFIGURATIONS.stream()
                        .flatMap(name -> project.configuration(name, OUTPUT).stream())
                        .findFirst()
                        .filter(path -> isInside(Path.of(project.folder().place(), path))))
                .map(path -> path.replaceFirst("^\\./", ""))
                .orElse(otherwise);
    }

    private String fromRoot(String path) {
        var plain = path.replace("{workspaceRoot}/", "")
                .replace("{projectRoot}", project.folder().place());
        return isInside(Path.of(plain))
                ? Path.of(project.folder().place())
                        .relativize(Path.of(plain).normalize())
                        .toString()
                : "dist";
    }

    private static boolean isInside(Path path) {
        return !path.isAbsolute() && !path.normalize().startsWith("..");
    }
}
