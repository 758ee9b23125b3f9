package dev.johwa.source.config;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Service;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What holds when nobody says otherwise.
final class Conventions {
    private static final Pattern WORKS_FIRST = Pattern.compile("(?:^|&& )(?!cd |export |exec )[^&]{1,500}&&");

    private Conventions() {}

    static Map<String, Object> of(Configs.Wanted wanted, Detection detection) {
        var values = new LinkedHashMap<String, Object>();
        // The framework of a function serves it as any web service is.
        var service = detection.service() == Service.FUNCTION ? Service.WEB : detection.service();
        values.put("service", service.name().toLowerCase(Locale.ROOT));
        values.put("folder", detection.folder());
        values.put("instances", detection.run().count());
        values.put("target", Configs.target(detection));
        values.put("health.within", Duration.ofSeconds(worksFirst(detection) ? 300 : isSlow(detection) ? 120 : 30));
        values.put("limits.build", Duration.ofMinutes(10));
        detection.health().ifPresent(path -> values.put("health.path", path));
        if (detection.port().isPresent()) {
            values.put("port", detection.port().getAsInt());
        }
        if (!detection.build().isEmpty()) {
            values.put("build", detection.build());
        }
        // An image may say by itself what it starts.
        mainProcess(detection)
                .map(name -> detection.start().get(name))
                .filter(command -> !command.isEmpty())
                .ifPresent(command -> values.put("start", command));
        if (!detection.release().isEmpty()) {
            values.put("release", detection.release());
        }
        detection.schedule().forEach((name, job) -> {
            values.put("schedule." + name + ".cron", job.cron());
            values.put("schedule." + name + ".run", job.run());
        });
        visitors(wanted, detection, values);
        return values;
    }

    /// Who may visit it, and how long it is there for them.
    private static void visitors(Configs.Wanted wanted, Detection detection, Map<String, Object> values) {
        boolean isPreview = Configs.isPreview(wanted.environment());
        values.put("access", isPreview ? "private" : "public");
        if (isPreview) {
            if (!isBehind(detection)) {
                values.put("sleep", Duration.ofMinutes(30));
            }
            values.put("expire", Duration.ofDays(14));
        }
    }

    /// Whether only other services of its compose file reach it, so that no request says when it is not needed.
    private static boolean isBehind(Detection detection) {
        return detection.service() != Service.WEB && detection.isComposed();
    }

    /// Whether its line does something before it serves, as migrations are done.
    private static boolean worksFirst(Detection detection) {
        return mainProcess(detection)
                .flatMap(name ->
                        detection.start().getOrDefault(name, List.of()).stream().reduce((one, other) -> other))
                .filter(line -> WORKS_FIRST.matcher(line).find())
                .isPresent();
    }

    /// A virtual machine reads thousands of classes before it listens: on a busy machine for more than half a minute.
    private static boolean isSlow(Detection detection) {
        return detection.provider().startsWith("java-");
    }

    /// The process that `start` is about: the web one, else the worker.
    static Optional<String> mainProcess(Detection detection) {
        return Stream.of("web", "worker").filter(detection.start()::containsKey).findFirst();
    }

    /// What no key can change.
    static Map<String, Object> fixed(Detection detection) {
        var values = new LinkedHashMap<String, Object>();
        values.put("install", detection.install());
        values.put(
                "defaultTests",
                detection.test().stream().map(Detection.Test::command).toList());
        return values;
    }
}
