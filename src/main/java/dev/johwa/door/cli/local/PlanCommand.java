package dev.johwa.door.cli.local;

import dev.johwa.door.cli.ExitCode;
import dev.johwa.door.cli.Screen.Style;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.problem.Severity;
import dev.johwa.source.config.Configs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description =
                "Shows the whole process of a folder on one page: what is tested, built, verified and released where.",
        footer = {"%nExample:", "  johwa plan", "  johwa plan services/api --json", "  johwa plan --write"})
final class PlanCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "DIR", arity = "0..1", defaultValue = ".", description = "The folder; default: this one.")
    String folder = ".";

    @Option(names = "--environment", paramLabel = "E", description = "Of this environment; default: production.")
    String environment = "production";

    @Option(names = "--spec", paramLabel = "FILE", description = "Under this server spec: its defaults and rules.")
    @Nullable
    String spec;

    @Option(names = "--write", description = "Write it as a johwa.yaml that changes nothing; never over another.")
    boolean write;

    @Option(names = "--json", description = "One JSON document on standard output.")
    boolean json;

    PlanCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var project = new Project(session, folder, spec);
        return write ? write(project) : show(project);
    }

    private int show(Project project) {
        var plans = new ArrayList<AppPlan>();
        project.apps().forEach((app, place) -> {
            var resolved = project.resolve(app, place, environment);
            plans.add(AppPlan.of(app, project.detect(app, place, environment), resolved));
            resolved.problems().forEach(session.screen()::problem);
        });
        project.composeProblems().forEach(problem -> session.screen().problem(problem.as(Severity.WARNING)));
        if (json) {
            session.screen().line(Json.pretty(Map.of("apps", plans)));
        } else {
            plans.forEach(this::tell);
        }
        return ExitCode.DONE;
    }

    private void tell(AppPlan plan) {
        var screen = session.screen();
        screen.line(screen.style(Style.BOLD, plan.app()));
        for (var step : plan.steps()) {
            screen.line(
                    "  %-14s%-54s %s".formatted(step.name(), step.what(), screen.style(Style.FAINT, step.origin())));
        }
    }

    private int write(Project project) {
        var path = project.folder().resolve(Project.FILE);
        if (Files.exists(path)) {
            throw exists();
        }
        var production = project.resolve(project.name(), Path.of("."), "production");
        var preview = project.resolve(project.name(), Path.of("."), "preview");
        try {
            Files.writeString(path, Configs.whole(production, preview), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw exists();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (json) {
            session.screen().line(Json.pretty(new LinkedHashMap<>(Map.of("written", path.toString()))));
        } else {
            session.screen().line("Wrote " + path + "; it changes nothing until you take a '#' away.");
        }
        return ExitCode.DONE;
    }

    private static ProblemException exists() {
        return Problem.user("plan.exists", Project.FILE + " is there already and stays as it is")
                .at(Place.of(Project.FILE))
                .hint("move it away first; `johwa plan` shows what it leads to")
                .exception();
    }
}
