package dev.johwa.source.compose.load;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.compose.tree.Told;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is left of a model: services and jobs of the active profiles, with what their env files and label files say,
/// and the resources that they use.
final class Active {
    private final Map<String, @Nullable Object> model;
    private final Disk disk;
    private final Map<String, String> environment;
    private final List<Problem> problems = new ArrayList<>();

    Active(Map<String, @Nullable Object> model, Disk disk, Map<String, String> environment) {
        this.model = model;
        this.disk = disk;
        this.environment = environment;
    }

    /// Takes services and jobs of other profiles out.
    ///
    /// @return the services that were taken out
    Map<String, Told> take(List<String> profiles) {
        var disabled = new LinkedHashMap<String, Told>();
        for (var top : List.of("services", "jobs")) {
            var left = new LinkedHashMap<String, @Nullable Object>();
            new Told(model).maps(top).forEach((name, entry) -> {
                if (isActive(entry, profiles)) {
                    left.put(name, entry.values());
                } else if (top.equals("services")) {
                    disabled.put(name, entry);
                }
            });
            if (!left.isEmpty() || top.equals("services")) {
                model.put(top, left);
            } else {
                model.remove(top);
            }
        }
        return disabled;
    }

    private static boolean isActive(Told entry, List<String> profiles) {
        var declared = entry.texts("profiles");
        return declared.isEmpty() || profiles.contains("*") || declared.stream().anyMatch(profiles::contains);
    }

    /// Reads env files and label files into environment and labels.
    ///
    /// @throws ProblemException with all that is not there or unreadable
    void readFiles() {
        new Told(model).maps("services").values().forEach(service -> {
            container(service, true);
            service.list("pre_start").forEach(hook -> container(hook, hook.has("environment") || hook.has("env_file")));
        });
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    private void container(Told container, boolean hasEnvironment) {
        try {
            if (hasEnvironment) {
                environment(container);
            }
            labels(container);
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        }
    }

    private void environment(Told container) {
        Map<String, @Nullable Object> said = new LinkedHashMap<String, @Nullable Object>(
                container.map("environment").values());
        container.map("environment").values().forEach((name, value) -> {
            if (value == null) {
                said.put(name, environment.get(name));
            }
        });
        var values = new LinkedHashMap<String, String>();
        said.forEach((name, value) -> {
            if (value != null) {
                values.put(name, value.toString());
            }
        });
        for (var file : container.list("env_file")) {
            envFile(file, values, said);
        }
        var all = new LinkedHashMap<String, @Nullable Object>(values);
        all.putAll(said);
        container.values().remove("env_file");
        if (all.isEmpty()) {
            container.values().remove("environment");
        } else {
            container.values().put("environment", all);
        }
    }

    private void envFile(Told file, Map<String, String> values, Map<String, @Nullable Object> said) {
        var path = Disk.path(file.text("path"));
        boolean isRequired = !Boolean.FALSE.equals(file.values().get("required"));
        if (!Files.exists(path) && !isRequired) {
            return;
        }
        switch (file.text("format")) {
            case "raw" -> new RawEnvFile(disk.shown(path)).read(disk.text(path), values, environment);
            case "", ".env" ->
                disk.readEnvFile(path, values, name -> {
                    var known = environment.get(name);
                    var mine = said.get(name);
                    return known != null || mine == null ? known : mine.toString();
                });
            case String other ->
                throw Problem.user("compose.env-file", "'" + other + "' is no format of env files")
                        .at(Place.of(disk.shown(path)))
                        .hint("leave the key 'format' out, or write raw")
                        .exception();
        }
    }

    private void labels(Told container) {
        var files = container.texts("label_file");
        if (files.isEmpty()) {
            return;
        }
        var labels = new LinkedHashMap<String, String>();
        for (var file : files) {
            var read = new LinkedHashMap<String, String>();
            disk.readEnvFile(Disk.path(file), read, labels::get);
            labels.putAll(read);
        }
        labels.putAll(container.textsByName("labels"));
        if (!labels.isEmpty()) {
            container.values().put("labels", labels);
        }
    }

    /// Takes networks, volumes, secrets and configs out that no service uses.
    void withoutUnused() {
        var used = new LinkedHashMap<String, Set<String>>();
        List.of("networks", "volumes", "secrets", "configs").forEach(key -> used.put(key, new HashSet<>()));
        for (var service : new Told(model).maps("services").values()) {
            of(used, "networks").addAll(service.maps("networks").keySet());
            service.list("volumes").stream()
                    .filter(volume -> volume.text("type").equals("volume"))
                    .forEach(volume -> of(used, "volumes").add(volume.text("source")));
            for (var holder : List.of(service, service.map("build"))) {
                holder.list("secrets").forEach(each -> of(used, "secrets").add(each.text("source")));
            }
            service.list("configs").forEach(each -> of(used, "configs").add(each.text("source")));
        }
        used.forEach((key, names) -> {
            var left = new LinkedHashMap<>(new Told(model).map(key).values());
            left.keySet().retainAll(names);
            if (left.isEmpty()) {
                model.remove(key);
            } else {
                model.put(key, left);
            }
        });
    }

    private static Set<String> of(Map<String, Set<String>> used, String key) {
        return used.getOrDefault(key, Set.of());
    }
}
