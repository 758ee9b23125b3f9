package dev.johwa.source.config;

import dev.johwa.source.detect.Detection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What holds when nobody says otherwise.
final class Conventions {
    private Conventions() {}

    static Map<String, Object> of(Configs.Wanted wanted, Detection detection) {
        var values = new LinkedHashMap<String, Object>();
        values.put("service", detection.service().name().toLowerCase(Locale.ROOT));
        values.put("folder", ".");
        values.put("instances", 1);
        values.put("target", "process");
        values.put("health.within", Duration.ofSeconds(30));
        values.put("limits.build", Duration.ofMinutes(10));
        detection.health().ifPresent(path -> values.put("health.path", path));
        if (detection.port().isPresent()) {
            values.put("port", detection.port().getAsInt());
        }
        if (!detection.build().isEmpty()) {
            values.put("build", detection.build());
        }
        if (!detection.release().isEmpty()) {
            values.put("release", detection.release());
        }
        if (wanted.environment().equals(Configs.PREVIEW)) {
            values.put("sleep", Duration.ofMinutes(30));
        }
        return values;
    }
}
