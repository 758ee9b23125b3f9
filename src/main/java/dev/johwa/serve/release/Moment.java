package dev.johwa.serve.release;

import dev.johwa.serve.release.AppEnvironments.Current;
import dev.johwa.serve.release.Canary.Underway;
import dev.johwa.serve.release.InstanceStore.Kept;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What serves and runs at one moment, read in a few questions however many apps there are.
///
/// @param all every app in every environment where it had a release, in order
/// @param serving the release that serves, where one does
/// @param scales how many instances somebody wants
/// @param canaries releases that get some of the requests beside it
record Moment(
        List<Current> all,
        Map<AppEnvironment, Release> serving,
        Map<AppEnvironment, List<Kept>> instances,
        Map<AppEnvironment, Map<String, Integer>> scales,
        Map<AppEnvironment, Underway> canaries) {

    /// Of a project or of all.
    static Moment now(
            AppEnvironments environments,
            ReleaseStore releases,
            InstanceStore instances,
            CanaryStore canaries,
            Optional<String> project) {
        return new Moment(
                environments.list(project),
                releases.serving(project),
                instances.byPlace(project),
                environments.scales(project),
                canaries.list(project).stream()
                        .flatMap(
                                canary -> releases
                                        .find(canary.where(), canary.release())
                                        .map(release -> new Underway(canary, release))
                                        .stream())
                        .collect(Collectors.toMap(each -> each.canary().where(), Function.identity())));
    }

    /// What of it belongs to some projects.
    Moment of(Predicate<String> projects) {
        return new Moment(
                all.stream()
                        .filter(current -> projects.test(current.where().project()))
                        .toList(),
                those(serving, projects),
                those(instances, projects),
                those(scales, projects),
                those(canaries, projects));
    }

    private static <T> Map<AppEnvironment, T> those(Map<AppEnvironment, T> all, Predicate<String> projects) {
        return all.entrySet().stream()
                .filter(each -> projects.test(each.getKey().project()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    Optional<Release> serving(AppEnvironment where) {
        return Optional.ofNullable(serving.get(where));
    }

    /// The release that gets some of the requests there, where one does.
    Optional<Underway> canary(AppEnvironment where) {
        return Optional.ofNullable(canaries.get(where));
    }

    List<Kept> instances(AppEnvironment where) {
        return instances.getOrDefault(where, List.of());
    }

    /// How many instances of a process of what serves there should be.
    int wanted(Release release, String process) {
        return scales.getOrDefault(release.where(), Map.of())
                .getOrDefault(process, AppEnvironments.usual(release, process));
    }
}
