package dev.johwa.door.cli.local;

import dev.johwa.build.toolchain.ToolStore;
import dev.johwa.door.api.WireProblem;
import dev.johwa.source.detect.Applications.Application;
import dev.johwa.source.detect.Detection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a folder is found to be, as a document in JSON.
final class DetectionDocument {
    private DetectionDocument() {}

    static Map<String, Object> of(Application application) {
        var document = new LinkedHashMap<String, Object>();
        document.put("name", application.name());
        document.put("folder", application.folder().toString());
        document.putAll(of(application.detection()));
        return document;
    }

    static Map<String, Object> of(Detection detection) {
        var document = new LinkedHashMap<String, Object>();
        document.put("provider", detection.provider());
        document.put("language", detection.language());
        document.put("install", detection.install());
        document.put("build", detection.build());
        document.put(
                "test", detection.test().stream().map(Detection.Test::command).toList());
        document.put("lint", detection.lint());
        document.put("start", starts(detection));
        document.put("processes", detection.start());
        document.put("release", detection.release());
        detection.port().ifPresent(port -> document.put("port", port));
        detection.packageManager().ifPresent(manager -> document.put("packageManager", manager));
        detection.version().ifPresent(version -> document.put("version", version));
        document.put("fetch", fetched(detection));
        detection.container().ifPresent(container -> document.put("container", container));
        document.put("evidence", detection.evidence());
        document.put("service", detection.service().name().toLowerCase(Locale.ROOT));
        document.put(
                "warnings", detection.warnings().stream().map(WireProblem::of).toList());
        return document;
    }

    /// What Johwa would fetch before it builds.
    static List<String> fetched(Detection detection) {
        return detection.missing().stream()
                .flatMap(missing -> ToolStore.intent(missing).stream())
                .toList();
    }

    /// The web process first.
    private static List<List<String>> starts(Detection detection) {
        var starts = new ArrayList<List<String>>();
        detection.start().forEach((name, command) -> starts.add(name.equals("web") ? 0 : starts.size(), command));
        // What an image starts by itself is no command.
        starts.removeIf(List::isEmpty);
        return starts;
    }
}
