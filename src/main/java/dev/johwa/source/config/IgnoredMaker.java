package dev.johwa.source.config;

import dev.johwa.lib.problem.Problem;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes the vulnerabilities that an app ignores of resolved values. The words of each were read before.
final class IgnoredMaker {
    private static final String ABOVE = "vulnerabilities.ignore";

    private final Layers layers;
    private final Set<String> ids = new LinkedHashSet<>();

    IgnoredMaker(Layers layers) {
        this.layers = layers;
        layers.below(ABOVE).keySet().forEach(path -> ids.add(path.substring(0, path.lastIndexOf('.'))));
    }

    /// Those that say why.
    Map<String, Settings.Ignored> make() {
        var ignored = new LinkedHashMap<String, Settings.Ignored>();
        for (var id : ids) {
            reason(id)
                    .ifPresent(reason -> ignored.put(
                            id, new Settings.Ignored(reason, text(id, "until").map(LocalDate::parse))));
        }
        return ignored;
    }

    private Optional<String> reason(String id) {
        return text(id, "reason");
    }

    private Optional<String> text(String id, String key) {
        return layers.get(ABOVE + "." + id + "." + key, String.class);
    }

    List<Problem> problems() {
        return ids.stream().filter(id -> reason(id).isEmpty()).map(this::lacks).toList();
    }

    private Problem lacks(String id) {
        var problem = Problem.user("config.ignored", "nothing says why " + id + " is ignored")
                .hint("write it as " + id + ": {reason: WHY, until: 2026-12-31}");
        return layers.origin(ABOVE + "." + id + ".until")
                .flatMap(origin -> Optional.ofNullable(origin.where()))
                .map(problem::at)
                .orElse(problem);
    }
}
