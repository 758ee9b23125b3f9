package dev.johwa.lib.docker;

import dev.johwa.lib.docker.Commands.CommandSpec;
import dev.johwa.lib.docker.ContainerSpec.Check;
import dev.johwa.lib.docker.ContainerSpec.Input;
import dev.johwa.lib.docker.ContainerSpec.Limits;
import dev.johwa.lib.docker.ContainerSpec.Mount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What we tell the engine, in its own words.
final class Writing {
    private static final int LOG_FILES = 2;
    private static final double NANO = 1e9;

    private Writing() {}

    static Map<String, Object> container(ContainerSpec spec) {
        var words = new HashMap<String, Object>();
        words.put("Image", spec.image());
        spec.entrypoint().ifPresent(each -> words.put("Entrypoint", each));
        if (!spec.command().isEmpty()) {
            words.put("Cmd", spec.command());
        }
        words.put("Env", values(spec.environment()));
        spec.folder().ifPresent(folder -> words.put("WorkingDir", folder));
        spec.user().ifPresent(user -> words.put("User", user));
        words.put("Labels", spec.labels());
        words.put("Tty", spec.input() == Input.TERMINAL);
        words.put("OpenStdin", spec.input() != Input.NONE);
        words.put("StdinOnce", spec.input() != Input.NONE);
        words.put("AttachStdin", spec.input() != Input.NONE);
        words.put("AttachStdout", spec.input() != Input.NONE);
        words.put("AttachStderr", spec.input() != Input.NONE);
        var ports = new HashMap<String, Object>();
        spec.wiring().ports().keySet().forEach(port -> ports.put(port + "/tcp", Map.of()));
        words.put("ExposedPorts", ports);
        spec.more().check().ifPresent(check -> words.put("Healthcheck", check(check)));
        if (!spec.more().stopSignal().isEmpty()) {
            words.put("StopSignal", spec.more().stopSignal());
        }
        words.put("HostConfig", host(spec));
        spec.wiring()
                .network()
                .filter(network -> !network.equals("host"))
                .ifPresent(network -> words.put(
                        "NetworkingConfig",
                        Map.of(
                                "EndpointsConfig",
                                Map.of(network, Map.of("Aliases", spec.wiring().aliases())))));
        return words;
    }

    private static Map<String, Object> check(Check check) {
        var words = new HashMap<String, Object>();
        words.put("Test", check.test());
        check.interval().ifPresent(time -> words.put("Interval", time.toNanos()));
        check.timeout().ifPresent(time -> words.put("Timeout", time.toNanos()));
        check.startPeriod().ifPresent(time -> words.put("StartPeriod", time.toNanos()));
        check.retries().ifPresent(times -> words.put("Retries", times));
        return words;
    }

    private static List<String> values(Map<String, String> environment) {
        return environment.entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue())
                .sorted()
                .toList();
    }

    private static Map<String, Object> host(ContainerSpec spec) {
        var host = new HashMap<String, Object>();
        limit(host, spec.limits());
        host.put("RestartPolicy", Map.of("Name", "no"));
        if (spec.rights().isPrivileged()) {
            host.put("Privileged", true);
        } else {
            host.put("SecurityOpt", List.of("no-new-privileges"));
        }
        spec.rights().capabilities().ifPresent(some -> {
            host.put("CapDrop", List.of("ALL"));
            host.put("CapAdd", some);
        });
        var memory = new HashMap<String, String>();
        spec.more().memory().forEach(path -> memory.put(path, ""));
        if (spec.rights().isRootReadOnly()) {
            host.put("ReadonlyRootfs", true);
            List.of("/tmp", "/run").forEach(path -> memory.putIfAbsent(path, ""));
        }
        if (!memory.isEmpty()) {
            host.put("Tmpfs", memory);
        }
        if (spec.init()) {
            host.put("Init", true);
        }
        host.put(
                "ExtraHosts",
                spec.more().hosts().entrySet().stream()
                        .map(each -> each.getKey() + ":" + each.getValue())
                        .sorted()
                        .toList());
        host.put("NetworkMode", spec.wiring().network().orElse("none"));
        var ports = new HashMap<String, Object>();
        spec.wiring().ports().forEach((inside, outside) -> ports.put(inside + "/tcp", List.of(published(outside))));
        host.put("PortBindings", ports);
        host.put("Mounts", spec.mounts().stream().map(Writing::mount).toList());
        return host;
    }

    private static Map<String, String> published(int port) {
        return Map.of("HostIp", "127.0.0.1", "HostPort", port == 0 ? "" : String.valueOf(port));
    }

    private static void limit(Map<String, Object> host, Limits limits) {
        limits.memoryBytes().ifPresent(bytes -> {
            host.put("Memory", bytes);
            host.put("MemorySwap", bytes);
        });
        limits.cpus().ifPresent(cpus -> host.put("NanoCpus", Math.round(cpus * NANO)));
        limits.processes().ifPresent(most -> host.put("PidsLimit", most));
        var log = new HashMap<String, String>();
        limits.logBytes().ifPresent(bytes -> {
            log.put("max-size", String.valueOf(Math.max(1 << 10, bytes / LOG_FILES)));
            log.put("max-file", String.valueOf(LOG_FILES));
        });
        host.put("LogConfig", Map.of("Type", "json-file", "Config", log));
    }

    private static Map<String, Object> mount(Mount mount) {
        return Map.of(
                "Type",
                mount.isVolume() ? "volume" : "bind",
                "Source",
                mount.source(),
                "Target",
                mount.path(),
                "ReadOnly",
                mount.isReadOnly());
    }

    static Map<String, Object> command(CommandSpec spec) {
        var words = new HashMap<String, Object>();
        words.put("AttachStdin", true);
        words.put("AttachStdout", true);
        words.put("AttachStderr", true);
        words.put("Tty", spec.isTerminal());
        words.put("Cmd", spec.command());
        words.put("Env", values(spec.environment()));
        spec.folder().ifPresent(folder -> words.put("WorkingDir", folder));
        spec.user().ifPresent(user -> words.put("User", user));
        return words;
    }
}
