package dev.johwa.serve.release;

import dev.johwa.serve.release.AppStatus.LastEnd;
import dev.johwa.serve.release.OpenDeployments.Open;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What people are told of apps: what serves and runs, and what is said beside it, read as a [Moment] is.
///
/// @param byProject the releases that serve
/// @param ends how processes of those releases ended by themselves
/// @param open where a deployment goes on
/// @param names what should be said of their names
record Remarks(
        Moment moment,
        Map<String, List<Release>> byProject,
        Map<AppEnvironment, Map<String, LastEnd>> ends,
        Set<AppEnvironment> open,
        Map<AppEnvironment, Closure> closures,
        Map<AppEnvironment, List<String>> names) {

    /// Of those that a moment has.
    static Remarks of(Moment moment, Ports ports, Steps steps, EndStore ends, Optional<String> project) {
        return new Remarks(
                moment,
                moment.serving().values().stream()
                        .collect(
                                Collectors.groupingBy(release -> release.where().project())),
                ends.serving(project),
                steps.conclusions().open().stream().map(Open::where).collect(Collectors.toSet()),
                Closures.now(ports),
                ports.domains().notes().entrySet().stream()
                        .collect(Collectors.groupingBy(
                                each -> AppEnvironment.of(each.getKey()),
                                Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
    }

    /// What serves of all apps of a project in an environment.
    Stream<Release> siblings(AppEnvironment where) {
        return byProject.getOrDefault(where.project(), List.of()).stream()
                .filter(each -> each.where().environment().equals(where.environment()));
    }

    Map<String, LastEnd> ends(AppEnvironment where) {
        return ends.getOrDefault(where, Map.of());
    }

    List<String> names(AppEnvironment where) {
        return names.getOrDefault(where, List.of());
    }
}
