package dev.johwa.source.detect.go;

import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a build needs beside Go: a C compiler and C libraries for cgo, files to embed.
final class GoNeeds {
    private static final Pattern CGO = Pattern.compile("(?m)^import \"C\"");
    private static final Pattern LIBRARIES = Pattern.compile("(?m)^(?://)?\\s*#cgo[^:\\n]*pkg-config:\\s*(.+)$");
    /// Modules that are wrapped around C.
    private static final Pattern NEEDS_C =
            Pattern.compile("github\\.com/(mattn/go-sqlite3|confluentinc/confluent-kafka-go|h2non/bimg)\\b");
    private static final Pattern EMBED = Pattern.compile("(?m)^//go:embed (.+)$");
    private static final int MOST_READ = 1_000;

    private final Folder folder;
    private final Toolchains toolchains;

    GoNeeds(Folder folder, Toolchains toolchains) {
        this.folder = folder;
        this.toolchains = toolchains;
    }

    void tell(Draft draft) {
        var libraries = new LinkedHashSet<String>();
        Optional<String> needsC = folder.says("go.mod", NEEDS_C) ? Optional.of("go.mod") : Optional.empty();
        for (var file : folder.files(name -> name.endsWith(".go")).stream()
                .limit(MOST_READ)
                .toList()) {
            if (folder.says(file, CGO)) {
                needsC = needsC.or(() -> Optional.of(file));
                var named = LIBRARIES.matcher(folder.read(file).orElse(""));
                while (named.find()) {
                    libraries.add(named.group(1).strip());
                }
            }
            embeds(file, draft);
        }
        needsC.ifPresent(file -> compiler(file, draft));
        if (!libraries.isEmpty()) {
            var names = String.join(", ", libraries);
            draft.because(needsC.orElse("go.mod"), "uses the C libraries " + names + " (pkg-config)");
            if (toolchains.find("pkg-config").isEmpty()) {
                draft.warn(
                        "detect.no-pkg-config",
                        "the C libraries " + names + " are looked up with pkg-config, which is not on this machine",
                        "on the server: apt-get install pkg-config, and the packages -dev of those libraries");
            }
        }
    }

    private void compiler(String file, Draft draft) {
        draft.because(file, "calls C (cgo)");
        draft.environment.put("CGO_ENABLED", "1");
        if (toolchains.find("cc").isEmpty() && toolchains.find("gcc").isEmpty()) {
            draft.warn(
                    "detect.no-compiler",
                    "there is no C compiler on this machine, and " + file + " needs one (cgo)",
                    "install one: apt-get install build-essential");
        }
    }

    /// A file that the build embeds and nobody committed: most often pages that another tool makes first.
    private void embeds(String file, Draft draft) {
        var place = file.contains("/") ? file.substring(0, file.lastIndexOf('/') + 1) : "";
        var embeds = EMBED.matcher(folder.read(file).orElse(""));
        while (embeds.find()) {
            for (var word : embeds.group(1).strip().split("\\s+")) {
                var name = word.replaceFirst("^\"?(all:)?", "").replace("\"", "");
                boolean isPlain = name.matches("[\\w./-]+");
                if (isPlain && !folder.has(place + name) && !folder.hasFolder(place + name)) {
                    draft.warn(
                            "detect.embed-missing",
                            file + " embeds " + name + ", which is not in the repository",
                            "commit it, or make it first with `build` in johwa.yaml");
                }
            }
        }
    }
}
