package dev.johwa.source.compose.load;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.compose.tree.Told;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Looks for services that wait for each other in a circle.
final class Circles {
    private final Map<String, Told> services;
    private final Function<String, Place> places;
    private final Set<String> done = new HashSet<>();

    Circles(Map<String, Told> services, Function<String, Place> places) {
        this.services = services;
        this.places = places;
    }

    /// @param problems takes `compose.cycle`, one a circle
    void check(List<Problem> problems) {
        services.keySet().forEach(name -> search(name, new LinkedHashSet<>(), problems));
    }

    private void search(String name, Set<String> way, List<Problem> problems) {
        var service = services.get(name);
        if (service == null || done.contains(name)) {
            return;
        }
        if (!way.add(name)) {
            var circle = new ArrayList<>(way);
            var round = new ArrayList<>(circle.subList(circle.indexOf(name), circle.size()));
            round.add(name);
            problems.add(Problem.user("compose.cycle", "services wait for each other: " + String.join(" → ", round))
                    .at(places.apply(name))
                    .hint("leave one 'depends_on' out"));
            return;
        }
        service.maps("depends_on").keySet().forEach(other -> search(other, way, problems));
        way.remove(name);
        done.add(name);
    }
}
