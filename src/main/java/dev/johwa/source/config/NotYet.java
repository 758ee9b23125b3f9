package dev.johwa.source.config;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Keys that are read, and that this version of the platform does not do: never passed over in silence. An error is
/// what a release would run wrongly without; a warning is what it only lacks.
final class NotYet {
    private final Layers layers;
    private final List<Problem> problems = new ArrayList<>();

    private NotYet(Layers layers) {
        this.layers = layers;
    }

    static List<Problem> of(Layers layers) {
        return new NotYet(layers).all();
    }

    private List<Problem> all() {
        layers.get("target", String.class)
                .filter(target -> !target.equals("process"))
                .ifPresent(target -> add(
                        "target", "this server runs instances as processes only, not by " + target, "leave it out"));
        // What is only detected runs to its end by itself, and is told with the detection.
        layers.get("service", String.class)
                .filter(service ->
                        layers.origin("service").filter(Origin::isOfProject).isPresent())
                .filter(service -> service.equals("function") || service.equals("job"))
                .ifPresent(service -> add("service", "this server runs no " + service + "s yet", "use web or worker"));
        if (!layers.texts("uses").isEmpty()) {
            warn("uses", "addresses of other apps are not given to the environment yet", "set them as values: env");
        }
        return List.copyOf(problems);
    }

    private void add(String path, String message, String hint) {
        var problem =
                Problem.user("config.not-yet", "'" + path + "': " + message).hint(hint);
        var where = layers.origin(path).flatMap(origin -> Optional.ofNullable(origin.where()));
        problems.add(where.map(problem::at).orElse(problem));
    }

    private void warn(String path, String message, String hint) {
        add(path, message, hint);
        problems.addLast(problems.removeLast().as(Severity.WARNING));
    }
}
