package dev.johwa.watch.telemetry.query;

import dev.johwa.watch.telemetry.query.Expression.Binary;
import java.util.ArrayList;
import java.util.List;

/// Operators that ask of series only where others are there: `and`, `or` and `unless`.
final class SetOperators {
    private SetOperators() {}

    static List<Line> of(Binary binary, List<Line> lefts, List<Line> rights) {
        var leftGroups = Line.grouped(lefts, binary.matching()::key);
        var rightGroups = Line.grouped(rights, binary.matching()::key);
        var operator = binary.operator();
        var result = new ArrayList<Line>();
        if (operator == Operator.OR) {
            result.addAll(lefts);
            rightGroups.forEach((key, group) ->
                    group.forEach(line -> result.add(where(line, leftGroups.getOrDefault(key, List.of()), false))));
        } else {
            leftGroups.forEach((key, group) -> group.forEach(line ->
                    result.add(where(line, rightGroups.getOrDefault(key, List.of()), operator == Operator.AND))));
        }
        return Line.merged(result);
    }

    /// Only where one of the others is there, or none.
    private static Line where(Line line, List<Line> others, boolean isThere) {
        var kept = new Line(line.labels(), line.values().length);
        for (int step = 0; step < line.values().length; step++) {
            int now = step;
            if (line.there()[step] && others.stream().anyMatch(other -> other.there()[now]) == isThere) {
                kept.set(step, line.values()[step]);
            }
        }
        return kept;
    }
}
