package dev.johwa.watch.tool;

import dev.johwa.serve.release.Figures.OfInstance;
import dev.johwa.watch.telemetry.OwnPages;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// An instance with a page of metrics of its own, as Prometheus discovers it.
/// Source of the form: prometheus.io/docs/prometheus/latest/http_sd.
///
/// @param targets its address, as this machine reaches it
/// @param labels of all that is read there, and where its page is
public record ScrapeTarget(List<String> targets, Map<String, String> labels) {
    public ScrapeTarget {
        targets = List.copyOf(targets);
        labels = Map.copyOf(labels);
    }

    /// Those that run and whose page was found.
    ///
    /// @param commit of the release of an instance; empty where that is not known
    public static List<ScrapeTarget> of(
            List<OfInstance> instances, OwnPages pages, Function<OfInstance, String> commit) {
        return instances.stream()
                .filter(each -> !each.address().isEmpty())
                .flatMap(each -> pages.of(each.id()).stream().map(path -> of(each, path, commit.apply(each))))
                .toList();
    }

    private static ScrapeTarget of(OfInstance instance, String path, String commit) {
        var labels = new TreeMap<>(Map.of(
                "app", instance.where().name(),
                "environment", instance.where().environment(),
                "release", Integer.toString(instance.release()),
                "process", instance.process(),
                "instance", instance.id(),
                "__metrics_path__", path));
        if (!commit.isEmpty()) {
            labels.put("commit", commit);
        }
        return new ScrapeTarget(List.of(instance.address()), labels);
    }
}
