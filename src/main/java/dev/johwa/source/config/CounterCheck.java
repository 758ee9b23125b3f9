package dev.johwa.source.config;

import dev.johwa.lib.problem.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The counter of an app: one thing that is counted, with a name.
final class CounterCheck {
    private static final String NAME = "counter.name";
    private static final List<String> SOURCES = List.of("counter.header", "counter.log", "counter.metric");
    private static final String HINT = "write one such as {name: orders, header: x-order}, {name: orders, log:"
            + " event=order} or {name: orders, metric: orders_total}";

    private final Layers layers;

    CounterCheck(Layers layers) {
        this.layers = layers;
    }

    private Optional<String> text(String path) {
        return layers.get(path, String.class);
    }

    private List<String> named() {
        return SOURCES.stream().filter(path -> text(path).isPresent()).toList();
    }

    /// Empty where it is wrong, too: then [#problems] says why.
    Optional<Counter> make() {
        return text(NAME)
                .filter(_ -> named().size() == 1)
                .map(name -> new Counter(
                        name,
                        text(SOURCES.getFirst()).map(field -> field.toLowerCase(Locale.ROOT)),
                        text(SOURCES.get(1)),
                        text(SOURCES.getLast())));
    }

    List<Problem> problems() {
        var named = named();
        if (named.size() > 1) {
            return List.of(wrong(named.getLast(), "it counts by " + String.join(" and ", named), "keep one of them"));
        }
        if (named.isEmpty()) {
            return Stream.of(NAME)
                    .filter(path -> text(path).isPresent())
                    .map(path -> wrong(path, "nothing says what is counted", HINT))
                    .toList();
        }
        return text(NAME).isPresent()
                ? List.of()
                : List.of(wrong(named.getFirst(), "what it counts has no name", HINT));
    }

    private Problem wrong(String path, String what, String hint) {
        var problem =
                Problem.user("config.counter", "'" + Counter.KEY + "': " + what).hint(hint);
        var where = layers.origin(path).flatMap(origin -> Optional.ofNullable(origin.where()));
        return where.map(problem::at).orElse(problem);
    }
}
