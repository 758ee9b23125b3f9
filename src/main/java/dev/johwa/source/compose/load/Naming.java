package dev.johwa.source.compose.load;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.compose.text.Template;
import dev.johwa.source.compose.tree.Value;
import dev.johwa.source.compose.tree.Value.Mapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// How a project is called: `COMPOSE_PROJECT_NAME`, the key `name` of the last file that has it, or its folder.
final class Naming {
    private Naming() {}

    /// @throws ProblemException `compose.name` when it cannot be called so
    static String name(List<Path> files, Path folder, Map<String, String> environment, Disk disk) {
        var explicit = environment.getOrDefault("COMPOSE_PROJECT_NAME", "");
        if (!explicit.isEmpty()) {
            if (!explicit.equals(normal(explicit))) {
                throw Problem.user("compose.name", "COMPOSE_PROJECT_NAME is '" + explicit + "', which is no name")
                        .hint("use lower case letters, digits, '-' and '_'")
                        .exception();
            }
            return explicit;
        }
        var written = files.stream()
                .flatMap(file -> disk.documents(file).stream())
                .flatMap(document -> document.tree() instanceof Mapping mapping
                        ? Stream.ofNullable(mapping.get("name"))
                        : Stream.empty())
                .filter(value -> value.asText() != null && !"".equals(value.asText()))
                .reduce((_, last) -> last);
        var name = written.map(value -> filled(value, environment))
                .orElseGet(() -> normal(String.valueOf(folder.getFileName())));
        if (name.isEmpty()) {
            throw Problem.user("compose.name", "the project has no name")
                    .at(Place.of(disk.shown(files.getFirst())))
                    .hint("write name: at the top of the file")
                    .exception();
        }
        return name;
    }

    private static String filled(Value value, Map<String, String> environment) {
        var template = new Template(environment::get, _ -> {});
        return normal(Placed.at(value, () -> template.fill(Objects.requireNonNull(value.asText()))));
    }

    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "").replaceFirst("^[_-]+", "");
    }
}
