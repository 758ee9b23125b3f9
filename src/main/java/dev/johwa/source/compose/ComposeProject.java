package dev.johwa.source.compose;

import dev.johwa.source.compose.tree.Told;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A compose project: services of the active profiles, and what they use.
///
/// @param folder where its first file lies
/// @param services by name
/// @param networks those that are used, by the name that services know
/// @param volumes those that are used, by the name that services know
public record ComposeProject(
        String name,
        Path folder,
        Map<String, Service> services,
        Map<String, Resource> networks,
        Map<String, Resource> volumes,
        Map<String, Source> secrets,
        Map<String, Source> configs) {

    public ComposeProject {
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
        networks = Collections.unmodifiableMap(new LinkedHashMap<>(networks));
        volumes = Collections.unmodifiableMap(new LinkedHashMap<>(volumes));
        secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
        configs = Collections.unmodifiableMap(new LinkedHashMap<>(configs));
    }

    /// A network or volume.
    ///
    /// @param name the whole one
    /// @param driver empty for the usual
    /// @param isExternal whether it is there already, and not the project's
    /// @param isInternal of a network: whether it leads nowhere else
    public record Resource(
            String name,
            String driver,
            Map<String, String> options,
            Map<String, String> labels,
            boolean isExternal,
            boolean isInternal) {
        public Resource {
            options = Map.copyOf(options);
            labels = Map.copyOf(labels);
        }
    }

    /// A secret or config, from one of: a file (absolute), a variable of the environment, a text.
    public record Source(String name, String file, String variable, String content, boolean isExternal) {}

    /// Services in an order in which each comes after those it depends on.
    public List<Service> inOrder() {
        var ordered = new LinkedHashMap<String, Service>();
        services.keySet().forEach(service -> add(service, ordered));
        return List.copyOf(ordered.values());
    }

    private void add(String service, Map<String, Service> ordered) {
        var known = services.get(service);
        if (known != null && !ordered.containsKey(service)) {
            known.dependsOn().keySet().forEach(other -> add(other, ordered));
            ordered.put(service, known);
        }
    }

    static ComposeProject of(Path folder, Map<String, @Nullable Object> values) {
        var model = new Told(values);
        var services = new LinkedHashMap<String, Service>();
        model.maps("services").forEach((name, told) -> services.put(name, new ServiceReader(name, told).read()));
        return new ComposeProject(
                model.text("name"),
                folder,
                services,
                resources(model, "networks"),
                resources(model, "volumes"),
                sources(model, "secrets"),
                sources(model, "configs"));
    }

    private static Map<String, Resource> resources(Told model, String key) {
        var resources = new LinkedHashMap<String, Resource>();
        model.maps(key)
                .forEach((name, told) -> resources.put(
                        name,
                        new Resource(
                                told.text("name"),
                                told.text("driver"),
                                told.textsByName("driver_opts"),
                                told.textsByName("labels"),
                                told.isTrue("external"),
                                told.isTrue("internal"))));
        return resources;
    }

    private static Map<String, Source> sources(Told model, String key) {
        var sources = new LinkedHashMap<String, Source>();
        model.maps(key)
                .forEach((name, told) -> sources.put(
                        name,
                        new Source(
                                told.text("name"),
                                told.text("file"),
                                told.text("environment"),
                                told.text("content"),
                                told.isTrue("external"))));
        return sources;
    }

    /// Names of services that depend on another.
    public List<String> dependents(String service) {
        var dependents = new ArrayList<String>();
        services.forEach((name, each) -> {
            if (each.dependsOn().containsKey(service)) {
                dependents.add(name);
            }
        });
        return List.copyOf(dependents);
    }

    /// The service of a name.
    public Optional<Service> service(String service) {
        return Optional.ofNullable(services.get(service));
    }
}
