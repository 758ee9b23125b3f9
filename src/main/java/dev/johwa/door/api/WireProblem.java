package dev.johwa.door.api;

import dev.johwa.lib.problem.Kind;
import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// A problem in JSON, the same from the command line and from the server.
public record WireProblem(
        String kind,
        String severity,
        String code,
        String message,
        Optional<String> file,
        OptionalInt line,
        OptionalInt column,
        Optional<String> hint) {

    /// The document that programs read: a list under `problems`.
    public record Document(List<WireProblem> problems) {
        public Document {
            problems = List.copyOf(problems);
        }
    }

    public static WireProblem of(Problem problem) {
        var where = Optional.ofNullable(problem.where());
        return new WireProblem(
                lower(problem.kind()),
                lower(problem.severity()),
                problem.code(),
                problem.message(),
                where.map(Place::file),
                known(where.map(Place::line).orElse(0)),
                known(where.map(Place::column).orElse(0)),
                Optional.ofNullable(problem.hint()));
    }

    public static Document document(List<Problem> problems) {
        return new Document(problems.stream().map(WireProblem::of).toList());
    }

    /// Back into what a command line tells; words that a newer server may use count as the nearest known ones.
    public Problem problem() {
        var problem = new Problem(kindOf(kind), severityOf(severity), code, message, null, hint.orElse(null));
        return file.map(name -> problem.at(new Place(name, line.orElse(0), column.orElse(0))))
                .orElse(problem);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static OptionalInt known(int number) {
        return number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private static Kind kindOf(String word) {
        return switch (word) {
            case "user" -> Kind.USER;
            case "resource" -> Kind.RESOURCE;
            case "external" -> Kind.EXTERNAL;
            default -> Kind.SYSTEM;
        };
    }

    private static Severity severityOf(String word) {
        return switch (word) {
            case "warning" -> Severity.WARNING;
            case "note" -> Severity.NOTE;
            default -> Severity.ERROR;
        };
    }
}
