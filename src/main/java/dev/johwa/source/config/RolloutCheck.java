package dev.johwa.source.config;

import dev.johwa.lib.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is wrong with the order of a rollout although each of its words is one.
final class RolloutCheck {
    static final String KEY = "rollout";
    private static final String HINT = "write steps such as [5%, 10m, 50%, 10m]";

    private final List<Problem> problems = new ArrayList<>();

    private RolloutCheck() {}

    /// What is wrong with the steps of a file, where they stand.
    static List<Problem> of(Layers layers) {
        var where = layers.origin(KEY).flatMap(origin -> Optional.ofNullable(origin.where()));
        return of(layers.texts(KEY)).stream()
                .map(problem -> where.map(problem::at).orElse(problem))
                .toList();
    }

    /// What is wrong with steps, wherever they are from.
    static List<Problem> of(List<String> words) {
        var check = new RolloutCheck();
        check.look(words);
        return List.copyOf(check.problems);
    }

    private void look(List<String> words) {
        int steps = 0;
        int share = 0;
        boolean mayWait = false;
        for (var word : words) {
            boolean isStep = Rollout.isShare(word) || word.contains("=");
            if (Rollout.isShare(word) && Rollout.share(word) <= share) {
                add("'" + word + "' is no more than the step before it", "let shares grow");
            }
            if (!isStep && !word.equals(Rollout.STICKY)) {
                if (!mayWait) {
                    add("'" + word + "' follows no step", HINT);
                }
                mayWait = false;
            }
            if (isStep) {
                steps++;
                mayWait = true;
                share = Rollout.isShare(word) ? Rollout.share(word) : share;
            }
        }
        if (steps == 0 && !words.isEmpty()) {
            add("it has no step", HINT);
        }
        if (steps > Rollout.MOST_STEPS) {
            add(steps + " steps are more than " + Rollout.MOST_STEPS, "leave some out");
        }
    }

    private void add(String what, String hint) {
        problems.add(Problem.user("config.rollout", "'" + KEY + "': " + what).hint(hint));
    }
}
