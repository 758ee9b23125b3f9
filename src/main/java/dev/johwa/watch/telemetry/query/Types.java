package dev.johwa.watch.telemetry.query;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.watch.telemetry.query.Expression.Aggregate;
import dev.johwa.watch.telemetry.query.Expression.Binary;
import dev.johwa.watch.telemetry.query.Expression.Call;
import dev.johwa.watch.telemetry.query.Expression.Negation;
import dev.johwa.watch.telemetry.query.Expression.Subquery;
import dev.johwa.watch.telemetry.query.Expression.Type;

/// Whether each part of a query is given what it takes.
final class Types {
    private Types() {}

    static void check(Expression expression) {
        switch (expression) {
            case Expression.Constant _, Expression.Text _, Expression.Selector _, Expression.Range _ -> {}
            case Subquery subquery -> {
                check(subquery.inner());
                require(subquery.inner(), Type.VECTOR, "subquery");
            }
            case Negation negation -> {
                check(negation.inner());
                if (!isNumeric(negation.inner())) {
                    throw problem("unary expression only allowed on expressions of type scalar or instant vector");
                }
            }
            case Call call -> check(call);
            case Aggregate aggregate -> {
                check(aggregate.inner());
                require(aggregate.inner(), Type.VECTOR, "aggregation " + aggregate.operator());
                aggregate.parameter().ifPresent(parameter -> {
                    check(parameter);
                    require(parameter, Type.SCALAR, "aggregation " + aggregate.operator());
                });
            }
            case Binary binary -> check(binary);
        }
    }

    private static void check(Call call) {
        var form = Functions.named(call.function());
        int given = call.arguments().size();
        if (given < form.needed() || given > form.takes().size()) {
            throw problem("expected %d argument(s) in call to \"%s\", got %d"
                    .formatted(form.needed(), call.function(), given));
        }
        for (int i = 0; i < given; i++) {
            check(call.arguments().get(i));
            require(call.arguments().get(i), form.takes().get(i), "call to function \"" + call.function() + "\"");
        }
    }

    private static void check(Binary binary) {
        check(binary.left());
        check(binary.right());
        if (!isNumeric(binary.left()) || !isNumeric(binary.right())) {
            throw problem("binary expression must contain only scalar and instant vector types");
        }
        boolean isOfVectors =
                binary.left().type() == Type.VECTOR && binary.right().type() == Type.VECTOR;
        boolean isOfScalars =
                binary.left().type() == Type.SCALAR && binary.right().type() == Type.SCALAR;
        if (binary.operator().isOfSets() && !isOfVectors) {
            throw problem("set operator \"" + binary.operator().sign() + "\" not allowed in binary scalar expression");
        }
        if (binary.operator().isComparison() && isOfScalars && !binary.asBool()) {
            throw problem("comparisons between scalars must use BOOL modifier");
        }
        if (!isOfVectors && !binary.matching().labels().isEmpty()) {
            throw problem("vector matching only allowed between instant vectors");
        }
    }

    private static boolean isNumeric(Expression expression) {
        return expression.type() == Type.SCALAR || expression.type() == Type.VECTOR;
    }

    private static void require(Expression expression, Type type, String where) {
        if (expression.type() != type) {
            throw problem("expected " + type.word() + " in " + where + ", got "
                    + expression.type().word());
        }
    }

    private static ProblemException problem(String message) {
        return Problem.user("query.syntax", "parse error: " + message).exception();
    }
}
