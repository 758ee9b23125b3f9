package dev.johwa.door.cli.local;

import dev.johwa.source.config.Configs.Resolved;
import dev.johwa.source.config.Origin;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Service;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Who decided the steps of a plan.
record Origins(Detection detection, Resolved resolved) {
    /// The file that decided what it is.
    String evidence() {
        return detection.evidence().isEmpty()
                ? "convention"
                : detection.evidence().getFirst().file();
    }

    /// The file and line of a setting, the layer, or the file that decided what the app is.
    String of(String path) {
        var origin = Optional.ofNullable(resolved.origins().get(path))
                .map(Origin::text)
                .orElse("convention");
        boolean isFound = origin.equals("convention")
                && List.of("build", "start", "release").contains(path);
        return isFound && detection.service() != Service.LIBRARY ? evidence() : origin;
    }

    /// Each once, the weakest only where it stands alone.
    String all(String... paths) {
        var all = new LinkedHashSet<String>();
        Stream.of(paths).map(this::of).forEach(all::add);
        if (all.size() > 1) {
            all.remove("convention");
        }
        return String.join(", ", all);
    }
}
