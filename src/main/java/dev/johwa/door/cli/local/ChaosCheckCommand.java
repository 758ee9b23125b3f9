package dev.johwa.door.cli.local;

import dev.johwa.door.api.WireProblem;
import dev.johwa.door.cli.ExitCode;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.watch.chaos.Experiments;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = "Checks experiments of Chaos Toolkit, by its rules and by what can be played here.",
        footer = {"%nExample:", "  johwa chaos check chaos.yaml"})
final class ChaosCheckCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "What to check.")
    List<String> files = new ArrayList<>();

    @Option(names = "--json", description = "One JSON document on standard output.")
    boolean json;

    ChaosCheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var problems = new ArrayList<Problem>();
        for (var file : files) {
            problems.addAll(
                    Experiments.check(file, Project.read(session.folder().resolve(file))));
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
}
