package dev.johwa.source.compose.load;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.compose.tree.Told;
import dev.johwa.source.compose.tree.Value.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether what parts of a project say of each other fits together.
final class Consistency {
    private static final String SERVICE = "service:";

    private final Mapping tree;
    private final Told project;
    private final Map<String, Told> services;
    private final Map<String, Told> disabled;
    private final List<Problem> problems = new ArrayList<>();

    /// @param tree of the same project, for places
    /// @param disabled services of other profiles
    Consistency(Mapping tree, Told project, Map<String, Told> services, Map<String, Told> disabled) {
        this.tree = tree;
        this.project = project;
        this.services = services;
        this.disabled = disabled;
    }

    /// @throws ProblemException with all that does not fit
    void check() {
        services.forEach(this::service);
        jobs();
        project.maps("secrets").forEach((name, secret) -> {
            if (!secret.isTrue("external") && !secret.has("file") && !secret.has("environment")) {
                wrong(place("secrets", name, ""), "the secret '" + name + "' has no source", "add file or environment");
            }
        });
        new Circles(services, name -> place("services", name, "depends_on")).check(problems);
        names();
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    private void wrong(Place place, String what, String hint) {
        problems.add(Problem.user("compose.inconsistent", what).at(place).hint(hint));
    }

    private Place place(String top, String name, String key) {
        if (!(tree.get(top) instanceof Mapping all) || !(all.get(name) instanceof Mapping entry)) {
            return tree.place();
        }
        var value = key.isEmpty() ? null : entry.get(key);
        return value == null ? all.placeOf(name) : value.place();
    }

    private Place at(String service, String key) {
        return place("services", service, key);
    }

    private void service(String name, Told service) {
        if (!service.has("build") && service.text("image").isEmpty() && !service.has("provider")) {
            wrong(at(name, ""), "the service '" + name + "' has neither an image nor a build", "add image or build");
        }
        build(name, service, service.map("build"));
        networks(name, service);
        var test = service.map("healthcheck").texts("test");
        if (!test.isEmpty() && !Set.of("CMD", "CMD-SHELL", "NONE").contains(test.getFirst())) {
            wrong(
                    at(name, "healthcheck"),
                    "the test of '" + name + "' begins with '" + test.getFirst() + "'",
                    "begin it with CMD, CMD-SHELL or NONE");
        }
        dependencies(name, service);
        resources(name, service);
        new Amount(name, service).check();
        for (var trigger : service.map("develop").list("watch")) {
            boolean needsTarget = !Set.of("rebuild", "restart").contains(trigger.text("action"));
            if (needsTarget && trigger.text("target").isEmpty()) {
                wrong(at(name, "develop"), "a watch of '" + name + "' has no target", "add the key 'target'");
            }
        }
        mounts(name, service);
    }

    private void build(String name, Told service, Told build) {
        if (build.has("dockerfile_inline") && build.has("dockerfile")) {
            wrong(at(name, "build"), "'" + name + "' has two Dockerfiles", "keep dockerfile or dockerfile_inline");
        }
        build.textsByName("additional_contexts").forEach((context, from) -> {
            if (!from.startsWith(SERVICE)) {
                return;
            }
            var target = from.substring(SERVICE.length());
            var known = services.getOrDefault(target, disabled.get(target));
            if (known == null || !known.has("build")) {
                wrong(
                        at(name, "build"),
                        "the context '" + context + "' of '" + name + "' is the service '" + target + "', which "
                                + (known == null ? "is not there" : "is not built"),
                        "name a service with a build");
            }
        });
        var platform = service.text("platform");
        var platforms = build.texts("platforms");
        if (!platform.isEmpty() && !platforms.isEmpty() && !platforms.contains(platform)) {
            wrong(at(name, "build"), "'" + name + "' is not built for its platform " + platform, "add it to platforms");
        }
    }

    private void networks(String name, Told service) {
        var mode = service.text("network_mode");
        var networks = service.maps("networks").keySet();
        if (!mode.isEmpty() && !networks.isEmpty()) {
            wrong(at(name, "network_mode"), "'" + name + "' has network_mode and networks", "keep one of them");
        }
        var known = project.maps("networks").keySet();
        networks.stream()
                .filter(each -> !known.contains(each))
                .forEach(each -> undefined(name, "networks", "network", each));
        if (mode.startsWith(SERVICE) && !services.containsKey(mode.substring(SERVICE.length()))) {
            undefined(name, "network_mode", "service", mode.substring(SERVICE.length()));
        }
    }

    private void undefined(String name, String key, String kind, String what) {
        wrong(
                at(name, key),
                "'" + name + "' refers to the " + kind + " '" + what + "', which is not there",
                kind.equals("service") ? "add the service" : "declare it below '" + kind + "s:'");
    }

    private void dependencies(String name, Told service) {
        service.maps("depends_on").forEach((other, how) -> {
            boolean isAway = disabled.containsKey(other);
            if (services.containsKey(other) || isAway && !how.isTrue("required")) {
                return;
            }
            var why = isAway ? "which no active profile has" : "which is not there";
            wrong(
                    at(name, "depends_on"),
                    "'" + name + "' depends on '" + other + "', " + why,
                    isAway ? "activate its profile, or write required: false" : "add the service");
        });
    }

    private void resources(String name, Told service) {
        var volumes = project.maps("volumes").keySet();
        service.list("volumes").stream()
                .filter(volume -> volume.text("type").equals("volume"))
                .map(volume -> volume.text("source"))
                .filter(source -> !source.isEmpty() && !volumes.contains(source))
                .forEach(source -> undefined(name, "volumes", "volume", source));
        var secrets = project.maps("secrets").keySet();
        sources(service.map("build"), "secrets", secrets).forEach(each -> undefined(name, "build", "secret", each));
        sources(service, "secrets", secrets).forEach(each -> undefined(name, "secrets", "secret", each));
        sources(service, "configs", project.maps("configs").keySet())
                .forEach(each -> undefined(name, "configs", "config", each));
        var models =
                tree.get("models") instanceof Mapping known ? known.entries().keySet() : Set.<String>of();
        service.maps("models").keySet().stream()
                .filter(each -> !models.contains(each))
                .forEach(each -> undefined(name, "models", "model", each));
    }

    private static List<String> sources(Told holder, String key, Set<String> known) {
        return holder.list(key).stream()
                .map(each -> each.text("source"))
                .filter(each -> !known.contains(each))
                .toList();
    }

    private void mounts(String name, Told service) {
        var targets = new HashMap<String, String>();
        for (var tmpfs : service.texts("tmpfs")) {
            mount(name, "tmpfs", tmpfs.split(":", -1)[0], targets);
        }
        service.list("volumes").forEach(volume -> mount(name, "volumes", volume.text("target"), targets));
    }

    private void mount(String name, String key, String target, Map<String, String> targets) {
        var known = targets.putIfAbsent(target, key);
        if (known != null) {
            wrong(
                    at(name, key),
                    "'" + name + "' mounts " + target + " twice, in " + known + " and " + key,
                    "keep one of them");
        }
    }

    private void jobs() {
        var jobs = project.maps("jobs");
        jobs.keySet().stream()
                .filter(name -> services.containsKey(name) || disabled.containsKey(name))
                .forEach(name ->
                        wrong(place("jobs", name, ""), "'" + name + "' is a service and a job", "rename one of them"));
        jobs.forEach((name, job) -> job.maps("depends_on").forEach((other, how) -> {
            boolean isThere = jobs.containsKey(other) || services.containsKey(other);
            if (!isThere && (!disabled.containsKey(other) || how.isTrue("required"))) {
                wrong(
                        place("jobs", name, "depends_on"),
                        "the job '" + name + "' depends on '" + other + "', which is not there",
                        "add the service or job");
            }
        }));
    }

    private void names() {
        var known = new HashMap<String, String>();
        services.forEach((name, service) -> {
            var container = service.text("container_name");
            var other = container.isEmpty() ? null : known.putIfAbsent(container, name);
            if (other != null) {
                wrong(
                        at(name, "container_name"),
                        "'" + name + "' and '" + other + "' name their container " + container,
                        "leave container_name out");
            }
        });
    }

    /// What is said of sizes and numbers at two places.
    private final class Amount {
        private final String name;
        private final Told service;

        Amount(String name, Told service) {
            this.name = name;
            this.service = service;
        }

        void check() {
            var deploy = service.map("deploy");
            var scale = service.number("scale");
            var replicas = deploy.number("replicas");
            if (scale != null && replicas != null && !scale.equals(replicas)) {
                wrong(at(name, "scale"), "'" + name + "' has two scales: " + scale + " and " + replicas, "keep one");
            }
            if (scale != null && scale < 0 || replicas != null && replicas < 0) {
                wrong(at(name, ""), "the scale of '" + name + "' is below 0", "write 0 or more");
            }
            var count = scale == null ? replicas : scale;
            if (count != null && count > 1 && !service.text("container_name").isEmpty()) {
                wrong(
                        at(name, "container_name"),
                        "'" + name + "' runs " + count + " times under one container_name",
                        "leave container_name out");
            }
            var limits = deploy.map("resources").has("limits")
                    ? deploy.map("resources").map("limits")
                    : null;
            same("cpus", limits, "cpus");
            same("mem_limit", limits, "memory");
            same("pids_limit", limits, "pids");
            var reserved = deploy.map("resources");
            same("mem_reservation", reserved.has("reservations") ? reserved.map("reservations") : null, "memory");
        }

        private void same(String key, @Nullable Told resources, String other) {
            if (service.has(key) && resources != null && !service.text(key).equals(resources.text(other))) {
                wrong(
                        at(name, key),
                        "'" + name + "' has " + key + " and another " + other + " below deploy.resources",
                        "keep one of them");
            }
        }
    }
}
