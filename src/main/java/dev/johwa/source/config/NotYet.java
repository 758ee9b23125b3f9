package dev.johwa.source.config;

import dev.johwa.lib.problem.Problem;
import dev.johwa.source.detect.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Keys that are read, and that this version of the platform does not do: never passed over in silence. Each is an
/// error:
/// a release would run wrongly without it.
final class NotYet {
    private final Layers layers;
    private final Detection detection;
    private final List<Problem> problems = new ArrayList<>();

    private NotYet(Layers layers, Detection detection) {
        this.layers = layers;
        this.detection = detection;
    }

    static List<Problem> of(Layers layers, Detection detection) {
        return new NotYet(layers, detection).all();
    }

    private List<Problem> all() {
        layers.get("target", String.class)
                .filter(target -> !target.equals(Configs.target(detection)))
                .ifPresent(this::target);
        // What is only detected runs to its end by itself, and is told with the detection.
        layers.get("service", String.class)
                .filter(service ->
                        layers.origin("service").filter(Origin::isOfProject).isPresent())
                .filter(service -> service.equals("function") || service.equals("job"))
                .ifPresent(service -> add("service", "this server runs no " + service + "s yet", "use web or worker"));
        boolean isContained = detection.container().isPresent();
        if (isContained && layers.origin("image.base").isPresent()) {
            add(
                    "image.base",
                    "its Dockerfile says how the image is made",
                    "leave `image` out, or take the Dockerfile away");
        }
        return List.copyOf(problems);
    }

    private void target(String target) {
        switch (target) {
            case "docker" ->
                add(
                        "target",
                        "only what has a Dockerfile runs by docker, and there is none here",
                        "write one, or leave it out: then it runs as a process");
            case "kubernetes" ->
                add("target", "this server runs instances by process or docker, not by " + target, "leave it out");
            // An image that is there already: it is looked at again with the next push.
            case String _ -> {}
        }
    }

    private void add(String path, String message, String hint) {
        var problem =
                Problem.user("config.not-yet", "'" + path + "': " + message).hint(hint);
        var where = layers.origin(path).flatMap(origin -> Optional.ofNullable(origin.where()));
        problems.add(where.map(problem::at).orElse(problem));
    }
}
