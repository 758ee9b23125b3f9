package dev.johwa.source.compose.tree;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Rewrites a tree by rules: where one is known by the path, it alone decides what becomes of the value and of all
/// below it; elsewhere the walk goes on.
public final class Rules {
    private final Patterns<Rule> rules;
    private final List<Problem> problems;

    /// Makes another value of one. Problems are thrown, and all of them told at the end.
    @FunctionalInterface
    public interface Rule {
        Value apply(Value value, TreePath path, Rules all);
    }

    private Rules(Patterns<Rule> rules, List<Problem> problems) {
        this.rules = rules;
        this.problems = problems;
    }

    /// @throws ProblemException with all that the rules threw
    public static Value.Mapping rewrite(Value.Mapping tree, Patterns<Rule> rules) {
        var problems = new ArrayList<Problem>();
        var written = new Rules(rules, problems).below(tree, TreePath.TOP);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return (Value.Mapping) written;
    }

    private Value apply(Value value, TreePath path) {
        var rule = rules.find(path);
        if (rule == null) {
            return below(value, path);
        }
        try {
            return rule.apply(value, path, this);
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            return value;
        }
    }

    /// The value, with what lies in it rewritten.
    public Value below(Value value, TreePath path) {
        return switch (value) {
            case Value.Scalar scalar -> scalar;
            case Value.Sequence sequence -> sequence.map(item -> apply(item, path.item()));
            case Value.Mapping mapping -> {
                var entries = new LinkedHashMap<String, Value>();
                mapping.entries().forEach((key, each) -> entries.put(key, apply(each, path.next(key))));
                yield new Value.Mapping(mapping.place(), entries, mapping.keys());
            }
        };
    }
}
