package dev.johwa.lib.site;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.site.RedirectLine.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Rules of a `_redirects` file: `FROM [NAME=VALUE…] TO [STATUS[!]]` a line, the first that fits answers.
///
/// A rule for one path always answers, as does one whose status ends with `!`; one with a placeholder leaves files
/// alone that are there. Without a status it is 301.
public final class RedirectRules {
    /// Rules for one path cost nothing, however many; those with placeholders are tried one after another.
    public static final int MOST = 10_000;

    public static final int MOST_PATTERNS = 200;
    static final RedirectRules NONE = new RedirectRules(List.of(), List.of());

    private final Map<String, List<Rule>> exact = new HashMap<>();
    private final List<Rule> patterns = new ArrayList<>();
    private final List<Problem> problems;
    private final int size;

    private RedirectRules(List<Rule> rules, List<Problem> problems) {
        this.problems = List.copyOf(problems);
        this.size = rules.size();
        for (var rule : rules) {
            var path = rule.from().exact();
            if (path == null) {
                patterns.add(rule);
            } else {
                exact.computeIfAbsent(path, each -> new ArrayList<>()).add(rule);
            }
        }
    }

    /// @param file under which problems are told
    public static RedirectRules of(String file, String text) {
        var lines = new Lines(file, "redirects.rule");
        var rules = new ArrayList<Rule>();
        int patterns = 0;
        for (var line : lines.of(text)) {
            try {
                var rule = RedirectLine.read(line.number(), line.words());
                boolean isPattern = rule.from().exact() == null;
                if (rules.size() >= MOST || isPattern && patterns >= MOST_PATTERNS) {
                    lines.tell(
                            line.number(),
                            "no more rules are read: there are " + rules.size() + ", " + patterns
                                    + " of them with a * or a :name",
                            "at most " + MOST + " are read, " + MOST_PATTERNS + " of them with a * or a :name");
                    break;
                }
                patterns += isPattern ? 1 : 0;
                rules.add(rule);
            } catch (RuleException e) {
                lines.tell(line.number(), e.said(), e.hint());
            }
        }
        return new RedirectRules(rules, lines.problems());
    }

    public List<Problem> problems() {
        return problems;
    }

    public int size() {
        return size;
    }

    @Nullable
    Answer answer(Asked asked, BooleanSupplier isThere) {
        var single = exact.getOrDefault(PathPattern.bare(asked.path()), List.of());
        int one = 0;
        int other = 0;
        Boolean known = null;
        while (one < single.size() || other < patterns.size()) {
            boolean isSingle = other >= patterns.size()
                    || one < single.size()
                            && single.get(one).line() < patterns.get(other).line();
            var rule = isSingle ? single.get(one++) : patterns.get(other++);
            var answer = rule.answer(asked);
            if (answer == null) {
                continue;
            }
            if (!rule.isStrong()) {
                known = known == null ? isThere.getAsBoolean() : known;
            }
            if (rule.isStrong() || Boolean.FALSE.equals(known)) {
                return answer;
            }
        }
        return null;
    }
}
