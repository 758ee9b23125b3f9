package dev.johwa.source.compose.load;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.problem.Severity;
import dev.johwa.source.compose.text.Template;
import dev.johwa.source.compose.tree.Casts;
import dev.johwa.source.compose.tree.Patterns;
import dev.johwa.source.compose.tree.TreePath;
import dev.johwa.source.compose.tree.Value;
import dev.johwa.source.compose.tree.Value.Mapping;
import dev.johwa.source.compose.tree.Value.Scalar;
import dev.johwa.source.compose.tree.Value.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// Fills in references to variables in all texts of a tree, and makes numbers and truth values of texts where a key
/// wants them.
final class Interpolation {
    private static final List<String> CONTAINERS = List.of("services.*.", "jobs.*.", "services.*.pre_start.*.");
    private static final List<String> WORKLOADS = List.of("services.*.", "jobs.*.");
    private static final List<String> SERVICES = List.of("services.*.");
    private static final Patterns<Function<String, Object>> CASTS = casts();

    private final Template template;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> unset = new ArrayList<>();

    private Interpolation(Map<String, String> environment) {
        this.template = new Template(environment::get, unset::add);
    }

    /// @param notes takes a warning for each variable that is not set
    /// @throws ProblemException with all references and values that are wrong
    static Mapping fill(Mapping tree, Map<String, String> environment, Consumer<Problem> notes) {
        var interpolation = new Interpolation(environment);
        var filled = interpolation.mapping(tree, TreePath.TOP);
        if (!interpolation.problems.isEmpty()) {
            throw new ProblemException(interpolation.problems);
        }
        interpolation.unset.stream()
                .distinct()
                .forEach(name -> notes.accept(Problem.user(
                                "compose.unset-variable", "the variable " + name + " is not set, and counts as empty")
                        .as(Severity.WARNING)
                        .at(Place.of(tree.place().file()))
                        .hint("set it in .env, or write ${" + name + ":-default}")));
        return filled;
    }

    private Value value(Value value, TreePath path) {
        return switch (value) {
            case Scalar(Place place, String text) -> scalar(place, text, path);
            case Scalar other -> other;
            case Sequence sequence -> sequence.map(item -> value(item, path.item()));
            case Mapping mapping -> mapping(mapping, path);
        };
    }

    private Mapping mapping(Mapping mapping, TreePath path) {
        var entries = new LinkedHashMap<String, Value>();
        mapping.entries().forEach((key, each) -> entries.put(key, value(each, path.next(key))));
        return new Mapping(mapping.place(), entries, mapping.keys());
    }

    private Value scalar(Place place, String text, TreePath path) {
        try {
            var filled = template.fill(text);
            var cast = CASTS.find(path);
            return new Scalar(place, cast == null ? filled : cast.apply(filled));
        } catch (ProblemException e) {
            e.problems().forEach(problem -> problems.add(problem.at(place)));
            return new Scalar(place, text);
        }
    }

    private static Patterns<Function<String, Object>> ofContainers() {
        var casts = new Patterns<Function<String, Object>>();
        for (var key : List.of("external", "internal", "attachable", "enable_ipv4", "enable_ipv6")) {
            casts.add("networks.*." + key, Casts::truth);
        }
        List.of("volumes", "secrets", "configs").forEach(key -> casts.add(key + ".*.external", Casts::truth));
        for (var key : List.of(
                "init",
                "networks.*.use_service_name_alias",
                "oom_kill_disable",
                "privileged",
                "read_only",
                "volumes.[].read_only",
                "volumes.[].volume.nocopy")) {
            casts.add(CONTAINERS, key, Casts::truth);
        }
        for (var key : List.of(
                "cpu_count",
                "cpu_period",
                "cpu_quota",
                "cpu_rt_period",
                "cpu_rt_runtime",
                "cpu_shares",
                "oom_score_adj",
                "pids_limit",
                "ulimits.*",
                "ulimits.*.hard",
                "ulimits.*.soft")) {
            casts.add(CONTAINERS, key, Casts::integer);
        }
        return casts;
    }

    private static Patterns<Function<String, Object>> casts() {
        var casts = ofContainers();
        casts.add(CONTAINERS, "cpu_percent", Casts::decimal);
        casts.add(CONTAINERS, "cpus", text -> Casts.decimal(text).floatValue());
        casts.add(CONTAINERS, "umask", Casts::mask);
        for (var key :
                List.of("depends_on.*.required", "depends_on.*.restart", "healthcheck.disable", "stdin_open", "tty")) {
            casts.add(WORKLOADS, key, Casts::truth);
        }
        casts.add(WORKLOADS, "healthcheck.retries", Casts::integer);
        casts.add(WORKLOADS, "ports.[].target", Casts::integer);
        for (var key : List.of(
                "deploy.replicas",
                "deploy.update_config.parallelism",
                "deploy.rollback_config.parallelism",
                "deploy.restart_policy.max_attempts",
                "deploy.placement.max_replicas_per_node",
                "scale")) {
            casts.add(SERVICES, key, Casts::integer);
        }
        casts.add(SERVICES, "deploy.update_config.max_failure_ratio", Casts::decimal);
        casts.add(SERVICES, "deploy.rollback_config.max_failure_ratio", Casts::decimal);
        return casts;
    }
}
