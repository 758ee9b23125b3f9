package dev.johwa.source.config;

import dev.johwa.lib.http.AddressRange;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.site.SiteRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is wrong with keys about requests although each is written as its form asks: ranges that are none, redirects
/// that lead nowhere, paths of nothing.
final class FrontCheck {
    private final Layers layers;
    private final List<Problem> problems = new ArrayList<>();

    private FrontCheck(Layers layers) {
        this.layers = layers;
    }

    static List<Problem> of(Layers layers) {
        return new FrontCheck(layers).all();
    }

    private List<Problem> all() {
        for (var range : layers.texts("allow.from")) {
            try {
                AddressRange.of(range);
            } catch (ProblemException e) {
                e.problems().forEach(problem -> add("allow.from", problem));
            }
        }
        for (var line : layers.texts("redirects")) {
            SiteRules.wrongRedirect(line).ifPresent(problem -> add("redirects", problem));
        }
        boolean isAsked = !layers.texts("allow.from").isEmpty()
                || layers.get("allow.users", String.class).isPresent();
        if (!layers.texts("allow.paths").isEmpty() && !isAsked) {
            add(
                    "allow.paths",
                    Problem.user("config.paths", "nobody is kept out below these paths")
                            .hint("say who is let in: allow.users, allow.from"));
        }
        return List.copyOf(problems);
    }

    private void add(String path, Problem problem) {
        var told = Problem.user(problem.code(), "'" + path + "': " + problem.message());
        var hint = problem.hint();
        var hinted = hint == null ? told : told.hint(hint);
        var where = layers.origin(path).flatMap(origin -> Optional.ofNullable(origin.where()));
        problems.add(where.map(hinted::at).orElse(hinted));
    }
}
