package dev.johwa.source.detect.start;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What one file says of how the application runs; used by one thread.
final class Said {
    final String file;
    /// Lines for a shell, by process: `web`, `worker`, …
    final Map<String, String> processes = new LinkedHashMap<>();
    final List<String> build = new ArrayList<>();
    /// What is told beside: why a part of the file is not used.
    final List<String> remarks = new ArrayList<>();
    final List<Problem> problems = new ArrayList<>();
    final Map<String, String> environment = new LinkedHashMap<>();
    final List<String> required = new ArrayList<>();
    final List<String> generated = new ArrayList<>();
    /// Lines for a shell, by when they run.
    final List<Timed> schedule = new ArrayList<>();
    Optional<String> release = Optional.empty();
    Optional<String> test = Optional.empty();
    Optional<String> health = Optional.empty();

    /// @param cron five fields, or a word such as `@daily`
    record Timed(String cron, String line) {}

    Said(String file) {
        this.file = file;
    }

    void problem(int line, String message, String hint) {
        var code = "detect." + file.toLowerCase(Locale.ROOT).replace('.', '-');
        var problem = Problem.user(code, message).hint(hint);
        problems.add(problem.at(line == 0 ? Place.of(file) : new Place(file, line, 1)));
    }
}
