package dev.johwa.door.cli.local;

import dev.johwa.door.cli.Session;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.problem.Severity;
import dev.johwa.source.compose.ComposeFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What is wrong with compose files, and what of them a platform would not run.
final class ComposeCheck {
    private static final Pattern NAME = Pattern.compile("(docker-)?compose([._-][A-Za-z0-9._-]+)?\\.ya?ml");

    private final Map<String, String> environment;

    ComposeCheck(Session session) {
        this.environment = session.surroundings().environment();
    }

    /// Whether a file is read as one, by its name alone.
    static boolean isOne(Path file) {
        return NAME.matcher(String.valueOf(file.getFileName())).matches();
    }

    /// Problems of a folder and those of its compose files, when there are some. Such a folder needs no application
    /// that detection knows.
    List<Problem> with(List<Problem> others, Path folder) {
        if (ComposeFile.find(folder).isEmpty()) {
            return others;
        }
        var all = new ArrayList<>(others);
        all.removeIf(problem -> problem.code().equals("detect.unknown"));
        all.addAll(problems(folder, List.of()));
        return all.stream().distinct().toList();
    }

    /// One file alone.
    List<Problem> of(Path file) {
        var whole = file.toAbsolutePath().normalize();
        return problems(whole.getParent() == null ? whole : whole.getParent(), List.of(whole));
    }

    /// What Compose would refuse is an error. What it would refuse with the services of all profiles is a warning,
    /// and so is what a platform would refuse: the file is right, and another place may run it.
    private List<Problem> problems(Path folder, List<Path> files) {
        try {
            var reading = read(folder, files, List.of());
            var problems = new ArrayList<>(reading.notes());
            problems.addAll(reading.idle());
            problems.addAll(warnings(folder, files));
            return problems;
        } catch (ProblemException e) {
            return e.problems();
        }
    }

    private List<Problem> warnings(Path folder, List<Path> files) {
        List<Problem> problems;
        try {
            problems = read(folder, files, List.of("*")).refused();
        } catch (ProblemException e) {
            problems = e.problems();
        }
        return problems.stream().map(problem -> problem.as(Severity.WARNING)).toList();
    }

    private ComposeFile.Reading read(Path folder, List<Path> files, List<String> profiles) {
        return ComposeFile.read(new ComposeFile.Request(folder, files, profiles, environment, false));
    }
}
