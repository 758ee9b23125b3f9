package dev.johwa.source.compose.load;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.compose.form.Resolved;
import dev.johwa.source.compose.tree.Told;
import dev.johwa.source.compose.tree.Value.Mapping;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A project as it was read.
///
/// @param model in the form of Compose's JSON
/// @param tree the same before it became the model, with places
public record Loaded(Map<String, @Nullable Object> model, Mapping tree) {
    /// What is to be read.
    ///
    /// @param folder of the project, absolute
    /// @param files absolute; at least one
    /// @param isConfined whether files outside of the folder are refused
    public record Task(
            Path folder, List<Path> files, List<String> profiles, Map<String, String> environment, boolean isConfined) {
        public Task {
            files = List.copyOf(files);
            profiles = List.copyOf(profiles);
            environment = Map.copyOf(environment);
        }
    }

    /// @param notes takes warnings
    /// @throws ProblemException with what is wrong, with places
    public static Loaded read(Task task, Consumer<Problem> notes) {
        var disk = new Disk(task.folder(), task.isConfined());
        var environment = new LinkedHashMap<>(task.environment());
        var name = Naming.name(task.files(), task.folder(), environment, disk);
        environment.put("COMPOSE_PROJECT_NAME", name);
        var scope = new Scope(task.folder(), task.folder().toString(), Map.copyOf(environment));
        var layers = new Layers(disk, environment.get("HOME"), notes);
        var tree = layers.model(task.files(), scope, List.of());
        if (tree.entries().isEmpty()) {
            throw Problem.user("compose.empty", "the compose file is empty")
                    .at(Place.of(disk.shown(task.files().getFirst())))
                    .hint("begin with 'services:'")
                    .exception();
        }
        tree = Normal.of(tree, environment, name);
        var model = Resolved.of(tree);
        model.put("name", name);
        var active = new Active(model, disk, environment);
        var disabled = active.take(task.profiles());
        var services = new Told(model).maps("services");
        new Consistency(tree, new Told(model), services, disabled).check();
        services.values().forEach(Loaded::scale);
        active.readFiles();
        active.withoutUnused();
        return new Loaded(model, tree);
    }

    /// Of two ways to say how many there are, the older counts for both.
    private static void scale(Told service) {
        if (service.has("scale") && service.has("deploy")) {
            service.map("deploy").values().put("replicas", service.values().get("scale"));
        }
    }
}
