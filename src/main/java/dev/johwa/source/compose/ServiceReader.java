package dev.johwa.source.compose;

import dev.johwa.source.compose.text.Amounts;
import dev.johwa.source.compose.tree.Told;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes the record of a service from the resolved model.
final class ServiceReader {
    private final String name;
    private final Told told;

    ServiceReader(String name, Told told) {
        this.name = name;
        this.told = told;
    }

    Service read() {
        var deploy = told.map("deploy");
        var scale = Optional.ofNullable(told.number("scale")).or(() -> Optional.ofNullable(deploy.number("replicas")));
        return new Service(
                name,
                told.text("image"),
                build(),
                program(),
                told.textsByName("environment"),
                told.textsByName("labels"),
                ports(),
                told.texts("expose"),
                mounts(),
                files("secrets"),
                files("configs"),
                aliases(),
                networks(),
                dependencies(),
                health(),
                limits(deploy.map("resources").map("limits")),
                scale.map(Long::intValue).orElse(1),
                restart(deploy.map("restart_policy").text("condition")),
                told.map("develop").has("watch"));
    }

    private String restart(String condition) {
        return switch (condition) {
            case "" -> told.text("restart");
            case "any" -> "always";
            case "none" -> "no";
            case String other -> other;
        };
    }

    private Optional<Service.Build> build() {
        if (!told.has("build")) {
            return Optional.empty();
        }
        var build = told.map("build");
        return Optional.of(new Service.Build(
                build.text("context"),
                build.text("dockerfile"),
                build.text("dockerfile_inline"),
                build.text("target"),
                build.textsByName("args"),
                build.list("secrets").stream()
                        .map(secret -> secret.text("source"))
                        .toList()));
    }

    private Service.Program program() {
        return new Service.Program(
                command("command"),
                command("entrypoint"),
                told.text("user"),
                told.text("working_dir"),
                told.text("stop_signal"),
                duration(told, "stop_grace_period"),
                told.isTrue("read_only"),
                told.texts("cap_add"),
                powers());
    }

    private List<String> powers() {
        var privileged = told.isTrue("privileged") ? Stream.of("privileged") : Stream.<String>of();
        var network = told.text("network_mode").equals("host") ? Stream.of("host-network") : Stream.<String>of();
        return Stream.concat(privileged, network).toList();
    }

    private Optional<List<String>> command(String key) {
        return told.has(key) ? Optional.of(List.copyOf(told.texts(key))) : Optional.empty();
    }

    private List<Service.Port> ports() {
        return told.list("ports").stream()
                .map(port -> new Service.Port(
                        Optional.ofNullable(port.number("target"))
                                .map(Long::intValue)
                                .orElse(0),
                        port.text("published"),
                        port.text("host_ip"),
                        port.text("protocol")))
                .toList();
    }

    private List<Service.Mount> mounts() {
        var volumes = told.list("volumes").stream()
                .map(mount -> new Service.Mount(
                        mount.text("type"), mount.text("source"), mount.text("target"), mount.isTrue("read_only")));
        var memory = told.texts("tmpfs").stream()
                .map(path -> new Service.Mount("tmpfs", "", path.replaceFirst(":.*", ""), false));
        return Stream.concat(volumes, memory).toList();
    }

    private List<String> aliases() {
        return others(Stream.of(told.text("container_name"), told.text("hostname")));
    }

    private List<Service.Attachment> networks() {
        return told.maps("networks").entrySet().stream()
                .map(each -> new Service.Attachment(each.getKey(), others(each.getValue().texts("aliases").stream())))
                .toList();
    }

    private List<String> others(Stream<String> names) {
        return names.filter(alias -> !alias.isEmpty() && !alias.equals(name))
                .distinct()
                .toList();
    }

    private List<Service.File> files(String key) {
        return told.list(key).stream()
                .map(file -> new Service.File(file.text("source"), file.text("target"), file.text("mode")))
                .toList();
    }

    private Map<String, Service.Dependency> dependencies() {
        var dependencies = new LinkedHashMap<String, Service.Dependency>();
        told.maps("depends_on")
                .forEach((other, how) -> dependencies.put(
                        other,
                        new Service.Dependency(how.text("condition"), how.isTrue("required"), how.isTrue("restart"))));
        return dependencies;
    }

    private Optional<Service.Health> health() {
        if (!told.has("healthcheck")) {
            return Optional.empty();
        }
        var health = told.map("healthcheck");
        return Optional.of(new Service.Health(
                health.texts("test"),
                duration(health, "interval"),
                duration(health, "timeout"),
                duration(health, "start_period"),
                Optional.ofNullable(health.number("retries")).map(Long::intValue),
                health.isTrue("disable") || health.texts("test").equals(List.of("NONE"))));
    }

    private static Optional<Duration> duration(Told told, String key) {
        return told.has(key) ? Optional.of(Duration.ofNanos(Amounts.nanos(told.text(key)))) : Optional.empty();
    }

    /// Those below `deploy` count; the older keys say the same where they are written.
    private Service.Limits limits(Told limits) {
        var memory = limits.has("memory") ? limits.text("memory") : told.text("mem_limit");
        var cpus = limits.has("cpus") ? limits.text("cpus") : told.text("cpus");
        var processes = limits.has("pids") ? limits.number("pids") : told.number("pids_limit");
        return new Service.Limits(
                memory.isEmpty() ? 0 : Long.parseLong(memory),
                cpus.isEmpty() ? 0 : Double.parseDouble(cpus),
                processes == null ? 0 : processes);
    }
}
