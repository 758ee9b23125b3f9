package dev.johwa.watch.dora;

import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.watch.incident.IncidentEnded;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Facts folded into rows, in the order in which they were stored: what a clock says never changes the order.
final class Fold {
    private final Map<Place, PlaceFold> places = new LinkedHashMap<>();

    /// Goes on from what was folded before.
    void restore(Collection<PlaceFold> folded) {
        folded.forEach(each -> places.put(each.place(), each));
    }

    void add(DeploymentFinished fact) {
        var place = new Place(fact.project(), fact.app(), fact.environment());
        places.computeIfAbsent(place, PlaceFold::new).add(fact);
    }

    /// A release is proven to have failed.
    void prove(IncidentEnded fact) {
        Optional.ofNullable(places.get(new Place(fact.project(), fact.app(), fact.environment())))
                .ifPresent(place -> place.prove(fact));
    }

    /// Deployments in it.
    int size() {
        return places.values().stream().mapToInt(place -> place.rows().size()).sum();
    }

    Collection<PlaceFold> places() {
        return places.values();
    }

    /// Of each place that the question is about.
    Stream<PlaceFold> places(Question question) {
        return places.values().stream().filter(each -> question.includes(each.place()));
    }
}
