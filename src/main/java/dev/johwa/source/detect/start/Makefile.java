package dev.johwa.source.detect.start;

import dev.johwa.source.detect.stack.Folder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A Makefile: the targets that people call run, start or serve, build, and test.
final class Makefile {
    private static final List<String> FILES = List.of("GNUmakefile", "makefile", "Makefile");
    private static final List<String> STARTS = List.of("run", "start", "serve");
    private static final Pattern TARGET = Pattern.compile("([A-Za-z0-9_.-]+)\\s*:(?![=:]).*");
    private static final Pattern CONTAINER = Pattern.compile("\\b(docker|podman)\\b");

    private Makefile() {}

    static Optional<Said> read(Folder folder) {
        return folder.first(FILES).map(file -> read(file, folder.read(file).orElse("")));
    }

    private static Said read(String file, String text) {
        var said = new Said(file);
        var targets = targets(text);
        for (var name : STARTS) {
            var recipe = targets.get(name);
            if (recipe == null || !said.processes.isEmpty()) {
                continue;
            }
            if (CONTAINER.matcher(recipe).find()) {
                said.remarks.add("its target " + name + " starts a container, which is not done yet");
            } else {
                said.processes.put("web", "exec make " + name);
            }
        }
        if (targets.containsKey("build")
                && !CONTAINER.matcher(targets.get("build")).find()) {
            said.build.add("make build");
        }
        if (targets.containsKey("test")
                && !CONTAINER.matcher(targets.get("test")).find()) {
            said.test = Optional.of("make test");
        }
        return said;
    }

    /// What each target does.
    private static Map<String, String> targets(String text) {
        var targets = new LinkedHashMap<String, String>();
        var name = "";
        for (var line : text.split("\r?\n")) {
            var target = TARGET.matcher(line);
            if (target.matches()) {
                name = target.group(1);
                targets.putIfAbsent(name, "");
            } else if (line.startsWith("\t") && !name.isEmpty()) {
                targets.merge(name, line, (before, more) -> before + "\n" + more);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                name = "";
            }
        }
        return targets;
    }
}
