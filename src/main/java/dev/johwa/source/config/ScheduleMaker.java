package dev.johwa.source.config;

import dev.johwa.lib.problem.Problem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Makes the jobs of an app of resolved values. The words of each were read before.
final class ScheduleMaker {
    private static final Duration USUAL_LIMIT = Duration.ofHours(6);

    private final Configs.Wanted wanted;
    private final Layers layers;
    private final Set<String> names = new LinkedHashSet<>();

    ScheduleMaker(Configs.Wanted wanted, Layers layers) {
        this.wanted = wanted;
        this.layers = layers;
        layers.below("schedule").keySet().forEach(path -> names.add(path.substring(0, path.indexOf('.'))));
    }

    /// Those that say when and what.
    Map<String, Settings.Job> make() {
        var jobs = new LinkedHashMap<String, Settings.Job>();
        names.stream()
                .filter(name -> lacking(name).isEmpty())
                .forEach(name -> jobs.put(name, job("schedule." + name + ".")));
        return jobs;
    }

    private Settings.Job job(String path) {
        boolean isPreview = wanted.environment().equals(Configs.PREVIEW);
        return new Settings.Job(
                layers.get(path + "cron", String.class).orElseThrow(),
                layers.get(path + "zone", String.class).orElse("UTC"),
                layers.texts(path + "run"),
                is(path + "overlap", false),
                is(path + "late", false),
                is(path + "enabled", !isPreview),
                layers.get(path + "limit", Duration.class).orElse(USUAL_LIMIT));
    }

    private boolean is(String path, boolean otherwise) {
        return layers.get(path, Boolean.class).orElse(otherwise);
    }

    private List<String> lacking(String name) {
        var there = layers.values().keySet();
        return List.of("cron", "run").stream()
                .filter(key -> !there.contains("schedule." + name + "." + key))
                .toList();
    }

    List<Problem> problems() {
        return names.stream()
                .flatMap(name -> lacking(name).stream().map(key -> lacks(name, key)))
                .toList();
    }

    private Problem lacks(String name, String key) {
        var problem = Problem.user("config.schedule", "the job '" + name + "' has no '" + key + "'")
                .hint("write it as " + name + ": {cron: \"0 3 * * *\", run: COMMAND}");
        return layers.origins().entrySet().stream()
                .filter(each -> each.getKey().startsWith("schedule." + name + "."))
                .map(each -> each.getValue().where())
                .filter(Objects::nonNull)
                .findFirst()
                .map(problem::at)
                .orElse(problem);
    }
}
