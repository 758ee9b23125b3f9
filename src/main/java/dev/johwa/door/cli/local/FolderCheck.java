package dev.johwa.door.cli.local;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.compose.Forbidden;
import dev.johwa.source.config.ServerSpec;
import dev.johwa.source.detect.Detector.Wish;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Everything that is wrong with the files of a folder that the platform reads; each problem once.
final class FolderCheck {
    /// Files that are checked by themselves, beside what detection says of them.
    private static final List<String> OWN = List.of(Project.FILE, "Procfile", "package.json", "app.json");
    /// Files that detection reads.
    private static final List<String> READ = List.of(
            "pom.xml",
            "go.mod",
            "pyproject.toml",
            "requirements.txt",
            "Pipfile",
            "index.html",
            "_redirects",
            "_headers",
            "Staticfile",
            "heroku.yml",
            "Makefile",
            "start.sh",
            "mkdocs.yml",
            "_config.yml");

    /// Those of a file together, from its beginning on.
    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(
            problem -> problem.where() == null ? Place.of("") : problem.where(),
            Comparator.comparing(Place::file).thenComparingInt(Place::line).thenComparingInt(Place::column));

    private final Project project;
    private final Set<Problem> found = new LinkedHashSet<>();
    /// Where something is wrong: detection may tell the same again in other words.
    private final Set<String> lines = new HashSet<>();

    FolderCheck(Project project) {
        this.project = project;
    }

    List<Problem> all() {
        try {
            var apps = project.apps();
            new LinkedHashSet<>(apps.values()).forEach(this::checkFiles);
            apps.forEach((app, place) -> checkImage(place, project.wish(app)));
            checkFile("", Project.FILE);
            apps.forEach(this::checkApp);
            checkCompose();
        } catch (ProblemException e) {
            // The file of the project names the apps; without it, there is the folder itself.
            e.problems().forEach(this::add);
            checkFiles(Path.of("."));
            checkImage(Path.of("."), Wish.USUAL);
            collect(() -> project.detect(Path.of(".")).warnings());
        }
        return found.stream().sorted(BY_PLACE).toList();
    }

    /// What other platforms would run of it is told by [ComposeCheck], as a warning.
    private void checkCompose() {
        var problems = project.composeProblems();
        found.removeIf(problems::contains);
        problems.stream()
                .filter(problem -> !problem.code().startsWith(Forbidden.CODE))
                .forEach(this::add);
    }

    /// One file alone, which may lie anywhere.
    static List<Problem> of(Path file) {
        var name = String.valueOf(file.getFileName());
        return ContainerFiles.isOne(file)
                ? ContainerFiles.of(file)
                : problemsOf(() -> FileText.problems(name, name, Project.read(file)));
    }

    static boolean isKnown(Path file) {
        var name = String.valueOf(file.getFileName());
        return ContainerFiles.isOne(file)
                || OWN.contains(name)
                || !READ.contains(name) && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }

    /// Files that say something only together with the others of their folder.
    static boolean isReadByDetection(Path file) {
        return READ.contains(String.valueOf(file.getFileName()));
    }

    private void checkFiles(Path app) {
        var prefix = prefix(app);
        OWN.stream().filter(name -> !name.equals(Project.FILE)).forEach(name -> checkFile(prefix, name));
    }

    private void checkImage(Path app, Wish wish) {
        collect(() -> ContainerFiles.in(project.folder().resolve(app).normalize(), wish, prefix(app)));
    }

    private static String prefix(Path app) {
        return app.toString().equals(".") ? "" : app + "/";
    }

    private void checkFile(String prefix, String name) {
        var file = project.folder().resolve(prefix + name);
        if (Files.isRegularFile(file)) {
            collect(() -> FileText.problems(name, prefix + name, Project.read(file)));
        }
    }

    /// What detection says of it, and whether its settings resolve in every environment that is named.
    private void checkApp(String app, Path place) {
        collect(() -> warnings(app, place).stream()
                .map(warning -> below(place, warning))
                .toList());
        var environments = new LinkedHashSet<>(List.of("production", "preview"));
        environments.addAll(project.file().environments());
        environments.forEach(environment ->
                collect(() -> project.resolve(app, place, environment).problems()));
    }

    private List<Problem> warnings(String app, Path place) {
        var detection = project.detect(app, place, "production");
        try {
            return project.resolve(app, "production", detection).warnings(detection);
        } catch (ProblemException e) {
            // It is told beside them.
            return detection.warnings();
        }
    }

    /// Detection knows only the folder of the app.
    private static Problem below(Path place, Problem warning) {
        var where = warning.where();
        return where == null || place.toString().equals(".")
                ? warning
                : warning.at(new Place(place + "/" + where.file(), where.line(), where.column()));
    }

    private void collect(Supplier<List<Problem>> work) {
        problemsOf(work).forEach(this::add);
    }

    private void add(Problem problem) {
        var line = line(problem);
        boolean isAgain = problem.code().startsWith("detect.") && !line.isEmpty() && lines.contains(line);
        if (!isAgain && found.add(problem)) {
            lines.add(line);
        }
    }

    private static String line(Problem problem) {
        var where = problem.where();
        return where == null || where.line() == 0 ? "" : where.file() + ":" + where.line();
    }

    private static List<Problem> problemsOf(Supplier<List<Problem>> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            return e.problems();
        }
    }

    /// A server spec is checked as one.
    static List<Problem> ofSpec(String shown, String text) {
        return problemsOf(() -> {
            ServerSpec.parse(shown, text);
            return List.of();
        });
    }
}
