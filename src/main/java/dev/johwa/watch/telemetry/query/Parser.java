package dev.johwa.watch.telemetry.query;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Matcher;
import dev.johwa.watch.telemetry.Numbers;
import dev.johwa.watch.telemetry.query.Expression.Aggregate;
import dev.johwa.watch.telemetry.query.Expression.Binary;
import dev.johwa.watch.telemetry.query.Expression.Call;
import dev.johwa.watch.telemetry.query.Expression.Constant;
import dev.johwa.watch.telemetry.query.Expression.Grouping;
import dev.johwa.watch.telemetry.query.Expression.Matching;
import dev.johwa.watch.telemetry.query.Expression.Negation;
import dev.johwa.watch.telemetry.query.Expression.Range;
import dev.johwa.watch.telemetry.query.Expression.Selector;
import dev.johwa.watch.telemetry.query.Expression.Shift;
import dev.johwa.watch.telemetry.query.Expression.Side;
import dev.johwa.watch.telemetry.query.Expression.Subquery;
import dev.johwa.watch.telemetry.query.Expression.Text;
import dev.johwa.watch.telemetry.query.Lexer.Kind;
import dev.johwa.watch.telemetry.query.Lexer.Word;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Makes a tree of a query. Whatever it does not know is a problem that names it.
final class Parser {
    private static final int DEEPEST = 100;
    /// Each is a level of the tree too, where they follow each other.
    private static final int MOST_OPERATORS = 500;

    private final List<Word> words;
    private int at;
    private int depth;
    private int operators;

    private Parser(String text) {
        this.words = Lexer.words(text);
    }

    /// @throws ProblemException with code `query.syntax` or `query.unsupported`
    static Expression parse(String text) {
        var parser = new Parser(text);
        if (parser.word().kind() == Kind.END) {
            throw Problem.user("query.syntax", "unknown position: parse error: no expression found in input")
                    .exception();
        }
        var whole = parser.binary(1);
        if (parser.word().kind() != Kind.END) {
            throw parser.unexpected("an operator");
        }
        Types.check(whole);
        return whole;
    }

    /// Selectors that a list of series is asked by: a single one.
    static List<Matcher> selector(String text) {
        if (parse(text) instanceof Selector(List<Matcher> matchers, Shift shift) && shift.equals(Shift.NONE)) {
            return matchers;
        }
        throw Problem.user("query.syntax", "'" + text + "' is no selector of series")
                .exception();
    }

    private Word word() {
        return words.get(at);
    }

    private boolean taken(String sign) {
        boolean isThere = word().is(sign);
        at += isThere ? 1 : 0;
        return isThere;
    }

    private boolean takenName(String name) {
        boolean isThere = word().kind() == Kind.NAME && word().text().equalsIgnoreCase(name);
        at += isThere ? 1 : 0;
        return isThere;
    }

    private void need(String sign) {
        if (!taken(sign)) {
            throw unexpected("'" + sign + "'");
        }
    }

    private ProblemException unexpected(String instead) {
        return Lexer.problem("'" + word().text() + "' is unexpected, " + instead + " should be here", word().at());
    }

    private Expression binary(int weakest) {
        if (++depth > DEEPEST) {
            throw Lexer.problem("the query is nested deeper than " + DEEPEST, word().at());
        }
        var left = unary();
        for (var operator = operator(); operator.isPresent(); operator = operator()) {
            var found = operator.get();
            if (found.strength() < weakest) {
                break;
            }
            at++;
            count();
            boolean asBool = takenName("bool");
            if (asBool && !found.isComparison()) {
                throw Lexer.problem("bool modifier can only be used on comparison operators", word().at());
            }
            var matching = matching(found);
            // A power binds to the right.
            var right = binary(found == Operator.POWER ? found.strength() : found.strength() + 1);
            left = new Binary(found, left, right, asBool, matching);
        }
        depth--;
        return left;
    }

    private void count() {
        if (++operators > MOST_OPERATORS) {
            throw Lexer.problem("the query has more than " + MOST_OPERATORS + " operators", word().at());
        }
    }

    private Optional<Operator> operator() {
        return word().kind() == Kind.SIGN || word().kind() == Kind.NAME ? Operator.of(word().text()) : Optional.empty();
    }

    private Matching matching(Operator operator) {
        boolean isOn = takenName("on");
        if (!isOn && !takenName("ignoring")) {
            return Matching.ALL;
        }
        var labels = names();
        var many = takenName("group_left") ? Side.LEFT : takenName("group_right") ? Side.RIGHT : Side.NEITHER;
        if (many != Side.NEITHER && operator.isOfSets()) {
            throw Lexer.problem("no grouping allowed for \"" + operator.sign() + "\" operation", word().at());
        }
        var include = many != Side.NEITHER && word().is("(") ? names() : Set.<String>of();
        if (isOn && include.stream().anyMatch(labels::contains)) {
            throw Lexer.problem("a label must not occur in ON and GROUP clause at once", word().at());
        }
        return new Matching(labels, isOn, many, List.copyOf(include));
    }

    private Set<String> names() {
        var names = new LinkedHashSet<String>();
        need("(");
        while (!taken(")")) {
            names.add(labelName());
            if (!word().is(")")) {
                need(",");
            }
        }
        return names;
    }

    private String labelName() {
        if (word().kind() != Kind.NAME && word().kind() != Kind.TEXT) {
            throw unexpected("the name of a label");
        }
        return words.get(at++).text();
    }

    private Expression unary() {
        if (taken("+")) {
            return binary(Operator.POWER.strength());
        }
        if (taken("-")) {
            var inner = binary(Operator.POWER.strength());
            return inner instanceof Constant(double value) ? new Constant(-value) : new Negation(inner);
        }
        return suffixed(primary());
    }

    private Expression primary() {
        var word = word();
        return switch (word.kind()) {
            case NUMBER -> {
                at++;
                yield new Constant(Numbers.number(word.text())
                        .orElseThrow(() -> Lexer.problem("bad number or duration syntax: " + word.text(), word.at())));
            }
            case TEXT -> {
                at++;
                yield new Text(word.text());
            }
            case NAME -> named();
            case SIGN -> {
                if (word.is("{")) {
                    yield selector(Optional.empty());
                }
                need("(");
                var inner = binary(1);
                need(")");
                yield inner;
            }
            case BRACKETS, END -> throw unexpected("an expression");
        };
    }

    private Expression named() {
        var word = words.get(at++);
        var name = word.text();
        var lower = name.toLowerCase(Locale.ROOT);
        boolean isCalled = word().is("(");
        if (Aggregations.NAMES.contains(lower)
                && (isCalled
                        || word().kind() == Kind.NAME
                                && word().text().toLowerCase(Locale.ROOT).matches("by|without"))) {
            return aggregate(lower);
        }
        if (isCalled) {
            return call(name, word);
        }
        if (lower.equals("inf") || lower.equals("nan")) {
            return new Constant(lower.equals("inf") ? Double.POSITIVE_INFINITY : Double.NaN);
        }
        return selector(Optional.of(name));
    }

    private Expression call(String name, Word word) {
        if (!Functions.has(name)) {
            var known = Functions.named(name.toLowerCase(Locale.ROOT));
            throw Lexer.problem("unknown function with name \"" + name + "\" " + known.takes(), word.at());
        }
        return new Call(name, arguments());
    }

    private List<Expression> arguments() {
        var arguments = new ArrayList<Expression>();
        need("(");
        while (!taken(")")) {
            arguments.add(binary(1));
            if (!word().is(")")) {
                need(",");
                if (word().is(")")) {
                    throw unexpected("an argument");
                }
            }
        }
        return arguments;
    }

    private Expression aggregate(String operator) {
        var before = grouping();
        var arguments = arguments();
        var grouping = before.or(this::grouping).orElse(Grouping.ALL);
        int needed = Aggregations.WITH_PARAMETER.contains(operator) ? 2 : 1;
        if (arguments.size() != needed) {
            throw Lexer.problem(
                    "wrong number of arguments for aggregate expression provided, expected " + needed + ", got "
                            + arguments.size(),
                    word().at());
        }
        var parameter = needed == 2 ? Optional.of(arguments.getFirst()) : Optional.<Expression>empty();
        return new Aggregate(operator, arguments.getLast(), parameter, grouping);
    }

    private Optional<Grouping> grouping() {
        if (takenName("by")) {
            return Optional.of(new Grouping(names(), false));
        }
        return takenName("without") ? Optional.of(new Grouping(names(), true)) : Optional.empty();
    }

    private Expression selector(Optional<String> name) {
        var matchers = new ArrayList<Matcher>();
        name.ifPresent(text -> matchers.add(new Matcher(Labels.NAME, Matcher.Kind.EQUAL, text)));
        int start = word().at();
        if (taken("{")) {
            while (!taken("}")) {
                matchers.add(matcher());
                if (!word().is("}")) {
                    need(",");
                }
            }
        }
        if (matchers.stream().allMatch(each -> each.meets(""))) {
            throw Lexer.problem("vector selector must contain at least one non-empty matcher", start);
        }
        if (name.isPresent()
                && matchers.stream()
                                .filter(each -> each.name().equals(Labels.NAME))
                                .count()
                        > 1) {
            throw Lexer.problem("metric name must not be set twice", start);
        }
        return new Selector(List.copyOf(matchers), Shift.NONE);
    }

    private Matcher matcher() {
        boolean isQuoted = word().kind() == Kind.TEXT;
        var label = labelName();
        for (var kind : Matcher.Kind.values()) {
            if (taken(kind.sign())) {
                if (word().kind() != Kind.TEXT) {
                    throw unexpected("a string");
                }
                return new Matcher(label, kind, words.get(at++).text());
            }
        }
        if (isQuoted) {
            return new Matcher(Labels.NAME, Matcher.Kind.EQUAL, label);
        }
        throw unexpected("one of = != =~ !~");
    }

    /// With ranges, offsets and moments that follow it.
    private Expression suffixed(Expression first) {
        var expression = first;
        while (true) {
            if (word().kind() == Kind.BRACKETS) {
                count();
                expression = ranged(expression, words.get(at++));
            } else if (takenName("offset")) {
                boolean isBack = taken("-");
                long length = length(words.get(at++));
                expression = shifted(expression, new Shift(isBack ? -length : length, OptionalLong.empty()));
            } else if (taken("@")) {
                expression = shifted(expression, new Shift(0, OptionalLong.of(moment())));
            } else {
                return expression;
            }
        }
    }

    private long moment() {
        if (takenName("start") || takenName("end")) {
            boolean isStart = words.get(at - 1).text().equalsIgnoreCase("start");
            need("(");
            need(")");
            return isStart ? Shift.START : Shift.END;
        }
        boolean isBack = taken("-");
        long length = length(words.get(at++));
        return isBack ? -length : length;
    }

    private static long length(Word word) {
        if (word.kind() != Kind.NUMBER) {
            throw Lexer.problem("'" + word.text() + "' is no duration", word.at());
        }
        return Numbers.length(word.text())
                .orElseThrow(() -> Lexer.problem("'" + word.text() + "' is no duration", word.at()));
    }

    private static Expression ranged(Expression expression, Word brackets) {
        var parts = brackets.text().split(":", 2);
        long length = Numbers.length(parts[0].strip())
                .orElseThrow(() -> Lexer.problem("'" + parts[0] + "' is no duration", brackets.at()));
        if (length <= 0) {
            throw Lexer.problem("duration must be greater than 0", brackets.at());
        }
        if (parts.length == 2) {
            long step = parts[1].isBlank()
                    ? 0
                    : Numbers.length(parts[1].strip())
                            .orElseThrow(() -> Lexer.problem("'" + parts[1] + "' is no duration", brackets.at()));
            return new Subquery(expression, length, step, Shift.NONE);
        }
        if (expression instanceof Selector selector && selector.shift().equals(Shift.NONE)) {
            return new Range(selector, length);
        }
        throw Lexer.problem("ranges only allowed for vector selectors", brackets.at());
    }

    private Expression shifted(Expression expression, Shift more) {
        return switch (expression) {
            case Selector(List<Matcher> matchers, Shift shift) -> new Selector(matchers, joined(shift, more));
            case Range(Selector selector, long length) -> new Range((Selector) shifted(selector, more), length);
            case Subquery(Expression inner, long length, long step, Shift shift) ->
                new Subquery(inner, length, step, joined(shift, more));
            default ->
                throw Lexer.problem(
                        "offset and @ must follow a selector of series, a range or a subquery", word().at());
        };
    }

    private Shift joined(Shift shift, Shift more) {
        if (more.at().isPresent() ? shift.at().isPresent() : shift.offset() != 0) {
            throw Lexer.problem("offset or @ is set twice", word().at());
        }
        return more.at().isPresent() ? new Shift(shift.offset(), more.at()) : new Shift(more.offset(), shift.at());
    }
}
