package dev.johwa.serve.release;

import dev.johwa.serve.release.AppEnvironments.Current;
import dev.johwa.serve.release.AppStatus.LastEnd;
import dev.johwa.serve.release.InstanceStore.Kept;
import dev.johwa.serve.release.OpenDeployments.Open;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All that is stored of how apps are at one moment, read in a few questions however many apps there are.
///
/// @param all every app in every environment where it had a release, in order
/// @param serving the release that serves, where one does
/// @param byProject the same releases, by their project
/// @param ends how processes of those releases ended by themselves
/// @param scales how many instances somebody wants
/// @param open where a deployment goes on
/// @param names what should be said of their names
record Moment(
        List<Current> all,
        Map<AppEnvironment, Release> serving,
        Map<String, List<Release>> byProject,
        Map<AppEnvironment, List<Kept>> instances,
        Map<AppEnvironment, Map<String, LastEnd>> ends,
        Map<AppEnvironment, Map<String, Integer>> scales,
        Set<AppEnvironment> open,
        Map<AppEnvironment, Closure> closures,
        Map<AppEnvironment, List<String>> names) {

    /// Of a project or of all.
    static Moment now(Ports ports, Steps steps, EndStore ends, Optional<String> project) {
        var serving = steps.store().serving(project);
        return new Moment(
                steps.environments().list(project),
                serving,
                serving.values().stream()
                        .collect(
                                Collectors.groupingBy(release -> release.where().project())),
                steps.instances().byPlace(project),
                ends.serving(project),
                steps.environments().scales(project),
                steps.conclusions().open().stream().map(Open::where).collect(Collectors.toSet()),
                Closures.now(ports),
                names(ports));
    }

    private static Map<AppEnvironment, List<String>> names(Ports ports) {
        return ports.domains().notes().entrySet().stream()
                .collect(Collectors.groupingBy(
                        each -> AppEnvironment.of(each.getKey()),
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    Optional<Release> serving(AppEnvironment where) {
        return Optional.ofNullable(serving.get(where));
    }

    /// What serves of all apps of a project in an environment.
    Stream<Release> siblings(AppEnvironment where) {
        return byProject.getOrDefault(where.project(), List.of()).stream()
                .filter(each -> each.where().environment().equals(where.environment()));
    }

    List<Kept> instances(AppEnvironment where) {
        return instances.getOrDefault(where, List.of());
    }

    Map<String, LastEnd> ends(AppEnvironment where) {
        return ends.getOrDefault(where, Map.of());
    }

    List<String> names(AppEnvironment where) {
        return names.getOrDefault(where, List.of());
    }

    /// How many instances of a process of what serves there should be.
    int wanted(Release release, String process) {
        return scales.getOrDefault(release.where(), Map.of())
                .getOrDefault(process, AppEnvironments.usual(release, process));
    }
}
