package dev.johwa.source.dockerfile.stage;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.RawNames;
import dev.johwa.source.dockerfile.instruction.Instruction;
import dev.johwa.source.dockerfile.syntax.Refused;
import dev.johwa.source.dockerfile.syntax.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where in the file something stands.
///
/// @param file its name for people
/// @param raw its lines
public record Lines(String file, List<String> raw) {
    public static Lines of(String file, String raw) {
        return new Lines(file, List.of(raw.split("\n", -1)));
    }

    public Place of(Instruction instruction) {
        return of(instruction.statement().span(), null);
    }

    public Place of(Instruction instruction, String part) {
        return of(instruction.statement().span(), part);
    }

    /// The place of a part of a statement, or of the statement where it is not found: it may be taken apart by the end
    /// of a line, or be written with quotes.
    public Place of(Statement.Span span, @Nullable String part) {
        for (int number = span.first(); part != null && !part.isEmpty() && number <= span.last(); number++) {
            var line = line(number);
            int at = line.indexOf(part);
            if (at >= 0) {
                return place(number, line, at);
            }
        }
        var line = line(span.first());
        int start = 0;
        while (start < line.length() && (line.charAt(start) == ' ' || line.charAt(start) == '\t')) {
            start++;
        }
        return place(span.first(), line, start);
    }

    private String line(int number) {
        return number >= 1 && number <= raw.size() ? raw.get(number - 1) : "";
    }

    private Place place(int number, String line, int at) {
        var before = RawNames.text(line.substring(0, at));
        return new Place(file, number, before.codePointCount(0, before.length()) + 1);
    }

    /// What was refused, as it is told to a person.
    public Problem problem(Refused why, Statement.Span span) {
        var problem = Problem.user("dockerfile." + why.code(), why.message()).at(of(span, why.part()));
        var hint = why.hint();
        return hint == null ? problem : problem.hint(hint);
    }
}
