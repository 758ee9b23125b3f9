package dev.johwa.door.cli;

import dev.johwa.door.api.Meaning;
import dev.johwa.door.api.WireProblem;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Near;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Tells why a command did not do what was asked, and chooses the exit code.
final class Failures {
    private final Screen screen;
    private final boolean json;
    private final Surroundings surroundings;

    Failures(Screen screen, boolean json, Surroundings surroundings) {
        this.screen = screen;
        this.json = json;
        this.surroundings = surroundings;
    }

    int wrongUsage(ParameterException exception, String[] words) {
        var line = exception.getCommandLine();
        var name = line.getCommandSpec().qualifiedName();
        var problem = Problem.user("usage.wrong", String.valueOf(exception.getMessage()))
                .hint(nearMiss(exception).orElse(name + " --help tells how it is used"));
        return tell(new ProblemException(problem));
    }

    private static Optional<String> nearMiss(ParameterException exception) {
        if (!(exception instanceof UnmatchedArgumentException unmatched)) {
            return Optional.empty();
        }
        var line = unmatched.getCommandLine();
        var names = new ArrayList<>(line.getSubcommands().keySet());
        line.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
        var first = unmatched.getUnmatched().getFirst().replaceFirst("=.*", "");
        return Near.of(first, names).map(meant -> "did you mean '" + meant + "'?");
    }

    int tell(Exception exception) {
        return switch (exception) {
            case ProblemException known -> tellProblems(known);
            case InterruptedException _ -> ExitCode.CANCELLED;
            default -> tellBug(exception);
        };
    }

    private int tellProblems(ProblemException exception) {
        if (json) {
            screen.line(Json.pretty(WireProblem.document(exception.problems())));
        }
        exception.problems().forEach(screen::problem);
        return Meaning.of(exception.problem()).exitCode();
    }

    private int tellBug(Exception exception) {
        var problem =
                Problem.system("bug", "this is a bug in Johwa: " + exception).hint(written(exception));
        if (json) {
            screen.line(Json.pretty(WireProblem.document(List.of(problem))));
        }
        screen.problem(problem);
        return ExitCode.BUG;
    }

    private String written(Exception exception) {
        var trace = new StringWriter();
        exception.printStackTrace(new PrintWriter(trace));
        try {
            var file = Files.createTempFile("johwa-bug-", ".txt");
            Files.writeString(file, trace.toString(), StandardCharsets.UTF_8);
            return "where it happened is written to " + file + "; please report it with that file";
        } catch (IOException e) {
            return "where it happened: " + trace;
        }
    }
}
