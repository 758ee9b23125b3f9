package dev.johwa.source.compose;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.compose.tree.Value;
import dev.johwa.source.compose.tree.Value.Mapping;
import dev.johwa.source.compose.tree.Value.Scalar;
import dev.johwa.source.compose.tree.Value.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/// What a platform does not run for others, as it would give a service the machine: folders of the host, namespaces
/// of the host, `privileged`, devices, the socket of the engine, capabilities beyond the harmless ones.
///
/// Each is an error when it is deployed, unless the operator's rules allow it; `johwa check` tells it as a warning, as
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
            "SYS_CHROOT",
            "AUDIT_WRITE",
            "MKNOD");
    private static final Set<String> SOCKETS =
            Set.of("/var/run/docker.sock", "/run/docker.sock", "/run/podman/podman.sock", "/run/containerd");

    private final ComposeProject project;
    private final List<Problem> problems = new ArrayList<>();

    private Forbidden(ComposeProject project) {
        this.project = project;
    }

    /// @param tree with places
    static List<Problem> in(ComposeProject project, Mapping tree) {
        var forbidden = new Forbidden(project);
        if (tree.get("services") instanceof Mapping services) {
            services.entries().forEach((name, value) -> {
                if (project.services().containsKey(name) && value instanceof Mapping service) {
                    forbidden.service(name, service);
                }
            });
        }
        if (tree.get("volumes") instanceof Mapping volumes) {
            volumes.entries().forEach((name, value) -> {
                if (project.volumes().containsKey(name) && value instanceof Mapping volume) {
                    forbidden.volume(name, volume);
                }
            });
        }
        return List.copyOf(forbidden.problems);
    }

    private void add(String code, Place place, String what, String hint) {
        problems.add(Problem.user("compose.forbidden-" + code, what).at(place).hint(hint));
    }

    private void service(String name, Mapping service) {
        for (var key : List.of("network_mode", "pid", "ipc", "uts", "cgroup", "userns_mode")) {
            var value = service.get(key);
            var mode = value == null ? null : value.asText();
            if (value != null && mode != null && (mode.equals("host") || mode.startsWith("container:"))) {
                add("host", value.place(), "'" + name + "' shares " + key + " with the host", "leave " + key + " out");
            }
        }
        for (var key : List.of("privileged", "use_api_socket", "oom_kill_disable")) {
            if (service.get(key) instanceof Scalar(var place, Boolean isOn) && isOn) {
                add("privileged", place, "'" + name + "' asks for " + key, "leave " + key + " out");
            }
        }
        for (var key : List.of("devices", "device_cgroup_rules", "gpus")) {
            if (service.get(key) instanceof Sequence list && !list.items().isEmpty()) {
                add("device", list.place(), "'" + name + "' wants devices of the host", "leave " + key + " out");
            }
        }
        capabilities(name, service);
        security(name, service);
        if (service.get("volumes") instanceof Sequence volumes) {
            volumes.items().forEach(volume -> mount(name, volume));
        }
    }

    private void capabilities(String name, Mapping service) {
        for (var item : items(service, "cap_add")) {
            var capability =
                    String.valueOf(item.asText()).toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
            if (!HARMLESS.contains(capability)) {
                add(
                        "capability",
                        item.place(),
                        "'" + name + "' asks for the capability " + capability,
                        "leave it out, or ask the operator to allow it");
            }
        }
    }

    private void security(String name, Mapping service) {
        for (var item : items(service, "security_opt")) {
            var option = String.valueOf(item.asText());
            if (option.endsWith("unconfined") || option.matches("label[=:]disable|no-new-privileges[=:]false")) {
                add("privileged", item.place(), "'" + name + "' switches '" + option + "' off", "leave it out");
            }
        }
    }

    private static List<Value> items(Mapping service, String key) {
        return service.get(key) instanceof Sequence list ? list.items() : List.of();
    }

    private void mount(String name, Value value) {
        if (!(value instanceof Mapping mount)) {
            return;
        }
        var source = mount.text("source");
        var type = mount.text("type");
        boolean isFolder = "bind".equals(type) || "npipe".equals(type);
        if (isFolder && source != null) {
            folder("'" + name + "' mounts", source, mount.place());
        }
    }

    private void folder(String who, String source, Place place) {
        if (SOCKETS.contains(source) || source.endsWith("/docker.sock")) {
            add("socket", place, who + " the socket of the engine, which is the whole machine", "leave it out");
        } else if (!isInside(source)) {
            add(
                    "host-path",
                    place,
                    who + " " + source + ", which lies outside of the project",
                    "use a volume, or a folder of the repository");
        }
    }

    private boolean isInside(String source) {
        return !source.startsWith("\\")
                && Path.of(source.replace("\0", "")).normalize().startsWith(project.folder());
    }

    private void volume(String name, Mapping volume) {
        if (volume.get("driver_opts") instanceof Mapping options && options.has("device")) {
            var type = String.valueOf(options.text("o"));
            var device = options.text("device");
            boolean isRemote = "nfs".equals(options.text("type")) || "tmpfs".equals(options.text("type"));
            if (device != null && (type.contains("bind") || !isRemote)) {
                folder(
                        "the volume '" + name + "' is",
                        device,
                        Objects.requireNonNull(options.get("device")).place());
            }
        }
    }
}
