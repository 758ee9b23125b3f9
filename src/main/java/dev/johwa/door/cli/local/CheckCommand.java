package dev.johwa.door.cli.local;

import dev.johwa.door.api.WireProblem;
import dev.johwa.door.cli.ExitCode;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description =
                "Checks the files that the platform reads: johwa.yaml, Procfile, Dockerfile, compose files, and the manifests"
                        + " of the apps.",
        footer = {"%nExample:", "  johwa check", "  johwa check services/api/johwa.yaml --json"})
final class CheckCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "DIR|FILE", arity = "0..*", description = "What to check; default: this folder.")
    List<String> places = new ArrayList<>();

    @Option(names = "--spec", paramLabel = "FILE", description = "Under this server spec, which is checked too.")
    @Nullable
    String spec;

    @Option(names = "--json", description = "One JSON document on standard output.")
    boolean json;

    CheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var problems = new ArrayList<>(specProblems());
        var usable = problems.isEmpty() ? spec : null;
        for (var place : places.isEmpty() ? List.of(".") : places) {
            problems.addAll(check(new Project(session, place, usable)));
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

    private List<Problem> specProblems() {
        if (spec == null) {
            return List.of();
        }
        return FolderCheck.ofSpec(spec, Project.read(session.folder().resolve(spec)));
    }

    private List<Problem> check(Project project) {
        var file = project.folder();
        var compose = new ComposeCheck(session);
        if (!Files.isRegularFile(file)) {
            return compose.with(new FolderCheck(project).all(), file);
        }
        if (ComposeCheck.isOne(file)) {
            return compose.of(file);
        }
        if (FolderCheck.isKnown(file)) {
            return FolderCheck.of(file);
        }
        if (!FolderCheck.isReadByDetection(file)) {
            return List.of(
                    Problem.user("check.unknown", "'" + file.getFileName() + "' is no file that the platform reads")
                            .hint("it reads johwa.yaml, Procfile, Dockerfile, compose files, and the manifests of the"
                                    + " languages"));
        }
        var folder = Optional.ofNullable(file.getParent()).orElse(Path.of("."));
        return new FolderCheck(new Project(session, folder.toString(), null)).all();
    }
}
