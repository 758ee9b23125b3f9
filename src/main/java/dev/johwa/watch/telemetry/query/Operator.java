package dev.johwa.watch.telemetry.query;

import java.util.Locale;
import java.util.Optional;

/// Operators between two sides, by how strongly they bind.
enum Operator {
    OR("or", 1),
    AND("and", 2),
    UNLESS("unless", 2),
    EQUAL("==", 3),
    UNEQUAL("!=", 3),
    LESS("<", 3),
    LESS_OR_EQUAL("<=", 3),
    MORE(">", 3),
    MORE_OR_EQUAL(">=", 3),
    PLUS("+", 4),
    MINUS("-", 4),
    TIMES("*", 5),
    DIVIDED("/", 5),
    REST("%", 5),
    ANGLE("atan2", 5),
    POWER("^", 6);

    private final String sign;
    private final int strength;

    Operator(String sign, int strength) {
        this.sign = sign;
        this.strength = strength;
    }

    static Optional<Operator> of(String text) {
        for (var each : values()) {
            if (each.sign.equals(text.toLowerCase(Locale.ROOT))) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    String sign() {
        return sign;
    }

    int strength() {
        return strength;
    }

    boolean isOfSets() {
        return strength <= 2;
    }

    boolean isComparison() {
        return strength == 3;
    }

    /// Of numbers to a number.
    double of(double left, double right) {
        return switch (this) {
            case PLUS -> left + right;
            case MINUS -> left - right;
            case TIMES -> left * right;
            case DIVIDED -> left / right;
            case REST -> left % right;
            case ANGLE -> Math.atan2(left, right);
            case POWER -> Powers.of(left, right);
            case OR, AND, UNLESS, EQUAL, UNEQUAL, LESS, LESS_OR_EQUAL, MORE, MORE_OR_EQUAL ->
                throw new IllegalStateException(this + " gives no number");
        };
    }

    boolean holds(double left, double right) {
        return switch (this) {
            case EQUAL -> left == right;
            case UNEQUAL -> left != right;
            case LESS -> left < right;
            case LESS_OR_EQUAL -> left <= right;
            case MORE -> left > right;
            case MORE_OR_EQUAL -> left >= right;
            case OR, AND, UNLESS, PLUS, MINUS, TIMES, DIVIDED, REST, ANGLE, POWER ->
                throw new IllegalStateException(this + " compares nothing");
        };
    }

    /// Go's pow and Java's differ for a base of one.
    private static final class Powers {
        static double of(double base, double exponent) {
            if (base == 1 || base == -1 && Double.isInfinite(exponent)) {
                return 1;
            }
            return Math.pow(base, exponent);
        }
    }
}
