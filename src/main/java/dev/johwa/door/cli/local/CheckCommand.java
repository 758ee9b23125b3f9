package dev.johwa.door.cli.local;

import dev.johwa.door.api.WireProblem;
import dev.johwa.door.cli.ExitCode;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.config.Configs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = "Checks the files that the platform reads: johwa.yaml, Procfile, and the manifests of the apps.",
        footer = {"%nExample:", "  johwa check", "  johwa check services/api/johwa.yaml --json"})
final class CheckCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "DIR|FILE", arity = "0..*", description = "What to check; default: this folder.")
    List<String> places = new ArrayList<>();

    @Option(names = "--json", description = "One JSON document on standard output.")
    boolean json;

    CheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var problems = new ArrayList<Problem>();
        for (var place : places.isEmpty() ? List.of(".") : places) {
            problems.addAll(check(place));
        }
        if (json) {
            session.screen().line(Json.pretty(WireProblem.document(problems)));
        } else if (problems.isEmpty()) {
            session.screen().line("No problems.");
        } else {
            problems.forEach(session.screen()::problem);
        }
        return problems.stream().anyMatch(Problem::isError) ? ExitCode.NO : ExitCode.DONE;
    }

    private List<Problem> check(String named) {
        var project = new Project(session, named);
        if (Files.isRegularFile(project.folder())) {
            return checkFile(project.folder());
        }
        var problems = new ArrayList<Problem>();
        for (var file : List.of(Project.FILE, "Procfile")) {
            if (Files.isRegularFile(project.folder().resolve(file))) {
                problems.addAll(checkFile(project.folder().resolve(file)));
            }
        }
        if (problems.stream().noneMatch(Problem::isError)) {
            problems.addAll(checkApps(project));
        }
        return problems;
    }

    private static List<Problem> checkFile(Path file) {
        var name = String.valueOf(file.getFileName());
        return problemsOf(() -> {
            var text = Project.read(file);
            if (name.equals("Procfile")) {
                return procfile(text);
            }
            if (!name.endsWith(".yaml") && !name.endsWith(".yml")) {
                return List.of(Problem.user("check.unknown", "'" + name + "' is no file that the platform reads")
                        .hint("it reads johwa.yaml and Procfile"));
            }
            Configs.parse(name, text);
            return List.of();
        });
    }

    private static List<Problem> procfile(String text) {
        var problems = new ArrayList<Problem>();
        var lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#") && !line.matches("[A-Za-z0-9_-]+:\\s*\\S.*")) {
                problems.add(Problem.user("procfile.line", "'" + line + "' is no process")
                        .at(new Place("Procfile", i + 1, 1))
                        .hint("write NAME: COMMAND, such as `web: node server.js`"));
            }
        }
        return problems;
    }

    /// What detection says of each app, and whether its settings resolve.
    private static List<Problem> checkApps(Project project) {
        var problems = new ArrayList<Problem>();
        project.apps()
                .forEach((app, place) -> problems.addAll(problemsOf(() -> {
                    var found = new ArrayList<>(project.detect(place).warnings());
                    found.addAll(project.resolve(app, place, "production").problems());
                    return found;
                })));
        return problems;
    }

    private static List<Problem> problemsOf(java.util.function.Supplier<List<Problem>> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            return e.problems();
        }
    }
}
