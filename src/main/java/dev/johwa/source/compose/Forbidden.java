package dev.johwa.source.compose;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.compose.tree.Value;
import dev.johwa.source.compose.tree.Value.Mapping;
import dev.johwa.source.compose.tree.Value.Scalar;
import dev.johwa.source.compose.tree.Value.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a platform does not run for others, as it would give a service the machine: files and folders of the host,
/// namespaces of the host, `privileged`, devices, the socket of the engine, capabilities beyond the harmless ones; and
/// what it cannot run as it is meant: a service without a network, or with the network or the volumes of another.
///
/// Each is an error when it is deployed, unless the operator's rules allow it ([#ALLOWABLE]); `johwa check` tells it as
/// a warning, as
/// the file itself is right.
public final class Forbidden {
    private static final Set<String> HARMLESS = Set.of(
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "SETGID",
            "SETUID",
            "SETPCAP",
            "SETFCAP",
            "NET_BIND_SERVICE",
            "NET_RAW",
            "SYS_CHROOT",
            "AUDIT_WRITE");
    private static final Set<String> SOCKETS = Set.of(
            "/var/run/docker.sock",
            "/run/docker.sock",
            "/run/podman/podman.sock",
            "/run/containerd/containerd.sock",
            "/var/run",
            "/run");

    /// How the codes of all of them begin.
    public static final String CODE = "compose.forbidden-";
    /// What an operator may allow a project: folders and files of the host as mounts, `privileged`, the network of the
    /// host.
    public static final List<String> ALLOWABLE = List.of("host-path", "privileged", "host-network");

    private final ComposeProject project;
    private final List<Problem> problems = new ArrayList<>();

    private Forbidden(ComposeProject project) {
        this.project = project;
    }

    /// @param tree with places
    static List<Problem> in(ComposeProject project, Mapping tree) {
        var forbidden = new Forbidden(project);
        entries(tree, "services").forEach((name, service) -> {
            if (project.services().containsKey(name)) {
                forbidden.service("'" + name + "'", service);
            }
        });
        entries(tree, "jobs").forEach((name, job) -> forbidden.service("the job '" + name + "'", job));
        entries(tree, "volumes").forEach((name, volume) -> forbidden.volume("the volume '" + name + "' is", volume));
        for (var key : List.of("secrets", "configs")) {
            entries(tree, key).forEach((name, source) -> forbidden.file("'" + name + "' is", source, "file"));
        }
        return List.copyOf(forbidden.problems);
    }

    private static Map<String, Mapping> entries(Mapping tree, String key) {
        var entries = new LinkedHashMap<String, Mapping>();
        if (tree.get(key) instanceof Mapping all) {
            all.entries().forEach((name, value) -> {
                if (value instanceof Mapping entry) {
                    entries.put(name, entry);
                }
            });
        }
        return entries;
    }

    /// What the operator would allow by which word; empty for what nobody allows.
    public static Optional<String> allowable(Problem problem) {
        return ALLOWABLE.stream()
                .filter(word -> problem.code().equals(CODE + word))
                .findFirst();
    }

    private void add(String code, Place place, String what, String hint) {
        problems.add(Problem.user(CODE + code, what).at(place).hint(hint));
    }

    private void service(String who, Mapping service) {
        for (var key : List.of("network_mode", "pid", "ipc", "uts", "cgroup", "userns_mode")) {
            var value = service.get(key);
            var mode = value == null ? null : value.asText();
            if (value != null && mode != null && (mode.equals("host") || mode.startsWith("container:"))) {
                boolean isNetwork = key.equals("network_mode") && mode.equals("host");
                add(
                        isNetwork ? "host-network" : "host",
                        value.place(),
                        who + " shares " + key + " with the host",
                        "leave " + key + " out");
            }
        }
        others(who, service);
        privileges(who, service);
        for (var key : List.of("devices", "device_cgroup_rules", "gpus")) {
            if (service.get(key) instanceof Sequence list && !list.items().isEmpty()) {
                add("device", list.place(), who + " wants devices of the host", "leave " + key + " out");
            }
        }
        items(service, "volumes").forEach(volume -> mount(who, volume));
        for (var volume : items(service, "volumes_from")) {
            if (String.valueOf(volume.asText()).startsWith("container:")) {
                add("host", volume.place(), who + " takes volumes of a stranger's container", "leave it out");
            }
        }
        if (service.get("build") instanceof Mapping build) {
            build(who, build);
        }
        for (var key : List.of("pre_start", "post_start", "pre_stop")) {
            for (var item : items(service, key)) {
                if (item instanceof Mapping hook) {
                    service(key + " of " + who, hook);
                }
            }
        }
    }

    /// What would silently become something else: a service that wants no network would have that of its project.
    private void others(String who, Mapping service) {
        var mode = String.valueOf(service.text("network_mode"));
        if (mode.equals("none") || mode.startsWith("service:")) {
            add(
                    "network",
                    service.placeOf("network_mode"),
                    who + " has network_mode " + mode + ", and would be in the network of its project here",
                    "leave network_mode out; a network of its own with `internal: true` leads nowhere else");
        }
        items(service, "volumes_from").stream()
                .filter(item -> !String.valueOf(item.asText()).startsWith("container:"))
                .forEach(item -> add(
                        "volumes-from",
                        item.place(),
                        who + " takes the volumes of '" + item.asText() + "', and would have none of them here",
                        "name each volume under `volumes` of both"));
    }

    private void privileges(String who, Mapping service) {
        for (var key : List.of("privileged", "use_api_socket", "oom_kill_disable")) {
            if (service.get(key) instanceof Scalar(var place, Boolean isOn) && isOn) {
                boolean isWhole = key.equals("privileged");
                add(isWhole ? key : "unprotected", place, who + " asks for " + key, "leave " + key + " out");
            }
        }
        for (var item : items(service, "cap_add")) {
            var capability =
                    String.valueOf(item.asText()).toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
            if (!HARMLESS.contains(capability)) {
                add(
                        "capability",
                        item.place(),
                        who + " asks for the capability " + capability,
                        "leave it out, or ask the operator to allow it");
            }
        }
        for (var item : items(service, "security_opt")) {
            var option = String.valueOf(item.asText());
            if (option.endsWith("unconfined") || option.matches("label[=:]disable|no-new-privileges[=:]false")) {
                add("unprotected", item.place(), who + " goes without protection: " + option, "leave it out");
            }
        }
    }

    private void build(String who, Mapping build) {
        file(who + " is built of", build, "context");
        if (build.get("additional_contexts") instanceof Mapping contexts) {
            contexts.entries().keySet().forEach(name -> file(who + " is built of", contexts, name));
        }
        if (build.get("privileged") instanceof Scalar(var place, Boolean isOn) && isOn) {
            add("unprotected", place, who + " is built with privileges", "leave privileged out");
        }
        if (!items(build, "entitlements").isEmpty()) {
            add("unprotected", build.placeOf("entitlements"), who + " is built with entitlements", "leave them out");
        }
        if ("host".equals(build.text("network"))) {
            add("host", build.placeOf("network"), who + " is built in the network of the host", "leave network out");
        }
    }

    private static List<Value> items(Mapping service, String key) {
        return service.get(key) instanceof Sequence list ? list.items() : List.of();
    }

    private void mount(String who, Value value) {
        if (value instanceof Mapping mount && Set.of("bind", "npipe").contains(String.valueOf(mount.text("type")))) {
            file(who + " mounts", mount, "source");
        }
    }

    /// A path of the host below a key; an address of something else is none.
    private void file(String who, Mapping holder, String key) {
        var value = holder.get(key);
        var path = value == null ? null : value.asText();
        if (value == null || path == null || path.isEmpty() || !path.startsWith("/") && !path.startsWith("\\")) {
            return;
        }
        if (SOCKETS.contains(path) || path.endsWith("/docker.sock")) {
            add("socket", value.place(), who + " the socket of the engine, which is the whole machine", "leave it out");
        } else if (!isInside(path)) {
            boolean isMounted =
                    key.equals("source") && !Path.of(path).normalize().startsWith(project.folder());
            add(
                    isMounted ? "host-path" : "host-file",
                    value.place(),
                    who + " " + path + ", which lies outside of the project",
                    "use a volume, or a file or folder of the repository");
        }
    }

    /// Links are followed as far as they are there.
    private boolean isInside(String text) {
        try {
            var path = Path.of(text).normalize();
            var known = path;
            while (known != null && !Files.exists(known)) {
                known = known.getParent();
            }
            boolean leads = known != null
                    && known.startsWith(project.folder())
                    && !known.toRealPath().startsWith(project.folder().toRealPath());
            return path.startsWith(project.folder()) && !leads;
        } catch (InvalidPathException | IOException e) {
            return false;
        }
    }

    private void volume(String who, Mapping volume) {
        if (volume.get("driver_opts") instanceof Mapping options) {
            boolean isElsewhere = Set.of("nfs", "nfs4", "tmpfs", "cifs").contains(String.valueOf(options.text("type")));
            if (!isElsewhere) {
                file(who, options, "device");
            }
        }
    }
}
