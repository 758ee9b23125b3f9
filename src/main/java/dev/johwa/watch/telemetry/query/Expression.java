package dev.johwa.watch.telemetry.query;

import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Matcher;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What a query says, as a tree. Times and lengths are milliseconds.
sealed interface Expression {
    record Constant(double value) implements Expression {}

    record Text(String value) implements Expression {}

    record Selector(List<Matcher> matchers, Shift shift) implements Expression {}

    /// Samples of the last so long.
    record Range(Selector selector, long length) implements Expression {}

    /// Values of an expression over the last so long.
    ///
    /// @param step 0 for the usual one
    record Subquery(Expression inner, long length, long step, Shift shift) implements Expression {}

    record Call(String function, List<Expression> arguments) implements Expression {}

    record Aggregate(String operator, Expression inner, Optional<Expression> parameter, Grouping grouping)
            implements Expression {}

    record Binary(Operator operator, Expression left, Expression right, boolean asBool, Matching matching)
            implements Expression {}

    record Negation(Expression inner) implements Expression {}

    /// Where in time a selector looks.
    ///
    /// @param at the moment itself, whatever the step; START and END for those of the query
    record Shift(long offset, OptionalLong at) {
        static final Shift NONE = new Shift(0, OptionalLong.empty());
        static final long START = Long.MIN_VALUE;
        static final long END = Long.MAX_VALUE;

        long of(long moment, Steps whole) {
            if (at.isEmpty()) {
                return moment - offset;
            }
            long fixed = at.getAsLong();
            return (fixed == START ? whole.start() : fixed == END ? whole.end() : fixed) - offset;
        }
    }

    /// @param isWithout whether the labels are those that are left out
    record Grouping(Set<String> labels, boolean isWithout) {
        static final Grouping ALL = new Grouping(Set.of(), false);
    }

    /// Which side may have several for one of the other.
    enum Side {
        NEITHER,
        LEFT,
        RIGHT
    }

    /// @param isOn whether the labels are those that are compared, not those that are not
    /// @param include labels that come from the side of one
    record Matching(Set<String> labels, boolean isOn, Side many, List<String> include) {
        static final Matching ALL = new Matching(Set.of(), false, Side.NEITHER, List.of());

        /// Those of the labels of a series by which it meets others.
        Labels key(Labels all) {
            if (isOn) {
                return all.only(labels);
            }
            var gone = new HashSet<>(labels);
            gone.add(Labels.NAME);
            return all.without(gone);
        }
    }

    /// What an expression gives.
    enum Type {
        SCALAR("a scalar"),
        VECTOR("an instant vector"),
        RANGE("a range vector"),
        TEXT("a string");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    default Type type() {
        return switch (this) {
            case Constant _ -> Type.SCALAR;
            case Text _ -> Type.TEXT;
            case Selector _, Aggregate _ -> Type.VECTOR;
            case Range _, Subquery _ -> Type.RANGE;
            case Call call -> Functions.named(call.function()).gives();
            case Binary binary ->
                binary.left().type() == Type.SCALAR && binary.right().type() == Type.SCALAR ? Type.SCALAR : Type.VECTOR;
            case Negation negation -> negation.inner().type();
        };
    }
}
