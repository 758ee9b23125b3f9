package dev.johwa.source.config;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Makes settings of resolved values.
final class SettingsMaker {
    private final Configs.Wanted wanted;
    private final Layers layers;
    private final Detection detection;
    private final ServerSpec server;

    SettingsMaker(Configs.Wanted wanted, Layers layers, Detection detection, ServerSpec server) {
        this.wanted = wanted;
        this.layers = layers;
        this.detection = detection;
        this.server = server;
    }

    Settings make() {
        var service = service();
        return new Settings(
                wanted.project(),
                wanted.app(),
                wanted.environment(),
                service,
                layers.get("folder", String.class).orElse("."),
                detection.install(),
                layers.commands("build"),
                tests(),
                withinLimits(processes(service)),
                layers.commands("release"),
                layers.commands("verify"),
                layers.get("port", Integer.class).map(OptionalInt::of).orElse(OptionalInt.empty()),
                health(),
                layers.get("instances", Integer.class).orElse(1),
                limits(),
                layers.below("env"),
                secrets(),
                layers.texts("data"),
                layers.texts("uses"),
                layers.texts("domains"),
                target(),
                layers.get("sleep", Duration.class),
                service == Service.STATIC ? publish() : Optional.empty(),
                layers.get("expire", Duration.class),
                layers.get("fetch", Boolean.class).orElse(true),
                layers.get("access", String.class),
                front(),
                new ScheduleMaker(wanted, layers).make(),
                layers.below("docker.args"),
                layers.get("image.base", String.class),
                new IgnoredMaker(layers).make(),
                slo(),
                layers.get("watch.rollback", Boolean.class),
                Rollout.of(layers.texts(RolloutCheck.KEY)),
                new CounterCheck(layers).make(),
                layers.get("faults", Boolean.class));
    }

    /// What was built for one runs on no other; a setting that says otherwise is told.
    private String target() {
        return Configs.target(detection);
    }

    private Settings.Health health() {
        return new Settings.Health(
                layers.get("health.path", String.class), duration("health.within", Duration.ofSeconds(30)));
    }

    private Slo slo() {
        return new Slo(
                share("slo.availability"),
                layers.get("slo.latency.within", Duration.class),
                share("slo.latency.share"));
    }

    private OptionalDouble share(String key) {
        return layers.get(key, Double.class)
                .map(percent -> OptionalDouble.of(percent / 100))
                .orElse(OptionalDouble.empty());
    }

    private Front front() {
        return new Front(
                layers.get("allow.users", String.class),
                layers.texts("allow.from"),
                layers.texts("allow.paths"),
                layers.get("canonical", String.class),
                layers.texts("redirects"),
                layers.get("limits.request", Long.class).map(OptionalLong::of).orElse(OptionalLong.empty()),
                layers.get("limits.answer", Duration.class),
                layers.below("headers"),
                layers.get("feedback", Boolean.class));
    }

    /// Who is let in is one of them.
    private List<String> secrets() {
        return Stream.concat(layers.texts("secrets").stream(), layers.get("allow.users", String.class).stream())
                .distinct()
                .toList();
    }

    private Service service() {
        return layers.get("service", String.class)
                .map(name -> Service.valueOf(name.toUpperCase(Locale.ROOT)))
                .orElse(detection.service());
    }

    private Optional<Detection.Publish> publish() {
        return detection.publish().or(() -> Optional.of(new Detection.Publish(".", false)));
    }

    /// The default ones first, then the operator's, then those of the project: nothing replaces a default test.
    private List<Detection.Test> tests() {
        var tests = new ArrayList<>(detection.test());
        server.tests().forEach(command -> tests.add(new Detection.Test(command, "other", Optional.empty())));
        layers.commands("test").forEach(command -> tests.add(new Detection.Test(command, "other", Optional.empty())));
        return tests;
    }

    private Map<String, List<String>> processes(Service service) {
        if (service == Service.STATIC) {
            return Map.of();
        }
        boolean isStarted = service != Service.JOB && service != Service.LIBRARY;
        var processes = isStarted ? new LinkedHashMap<>(detection.start()) : new LinkedHashMap<String, List<String>>();
        var start = layers.texts("start");
        boolean isFound =
                layers.origin("start").filter(Origin.CONVENTION::equals).isPresent();
        if (start.isEmpty() && processes.size() == 1) {
            // An image says by itself what it starts; what that is, the project may say.
            return named(service, processes.values().iterator().next());
        }
        if (start.isEmpty() || (isFound && processes.size() != 1)) {
            return processes;
        }
        if (processes.size() == 1) {
            // What was found to be a web process is the worker where the project says that it is one.
            Conventions.mainProcess(detection).ifPresent(processes::remove);
        }
        processes.putAll(named(service, start));
        return processes;
    }

    private static Map<String, List<String>> named(Service service, List<String> command) {
        return Map.of(service == Service.WORKER ? "worker" : "web", command);
    }

    /// A share of the memory is one of the instance's own; where that has no limit, it would be one of the machine.
    private Map<String, List<String>> withinLimits(Map<String, List<String>> processes) {
        if (limits().memoryBytes().isPresent()) {
            return processes;
        }
        var free = new LinkedHashMap<String, List<String>>();
        processes.forEach((name, command) -> {
            boolean isFound = command.equals(detection.start().get(name));
            free.put(
                    name,
                    command.stream()
                            .filter(word -> !isFound || !word.equals(Detection.SHARE_OF_MEMORY))
                            .toList());
        });
        return free;
    }

    private Settings.Limits limits() {
        return new Settings.Limits(
                layers.get("limits.memory", Long.class).map(OptionalLong::of).orElse(OptionalLong.empty()),
                layers.get("limits.cpu", Double.class).map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                duration("limits.build", Duration.ofMinutes(10)));
    }

    private Duration duration(String path, Duration otherwise) {
        return layers.get(path, Duration.class).orElse(otherwise);
    }
}
