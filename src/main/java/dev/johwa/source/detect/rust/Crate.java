package dev.johwa.source.detect.rust;

import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Toml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A package of Cargo, as its manifest tells it.
///
/// @param place folder of its manifest, relative, ending in `/`; empty at the root
/// @param programs in the order in which they are written or found
/// @param defaultRun the program that `cargo run` starts, where the manifest says so
/// @param dependencies names of the packages it uses
record Crate(String place, String name, List<Program> programs, Optional<String> defaultRun, Set<String> dependencies) {
    private static final Pattern FOUND = Pattern.compile("src/bin/([^/]+)(\\.rs|/main\\.rs)");

    /// Something that can be started.
    ///
    /// @param file in which it begins, relative to the root
    /// @param features without which it is not built
    record Program(String name, String file, List<String> features) {}

    /// Empty where the manifest names no package.
    static Optional<Crate> read(Folder folder, String place) {
        var toml = folder.toml(place + "Cargo.toml");
        return toml.text("package.name")
                .map(name -> new Crate(
                        place,
                        name,
                        programs(folder, place, name, toml),
                        toml.text("package.default-run"),
                        toml.keys("dependencies")));
    }

    /// The files of its sources.
    List<String> sources(Folder folder) {
        return folder.files(name -> name.startsWith(place + "src/") && name.endsWith(".rs"));
    }

    /// Those that are written down, then those that lie where Cargo looks for them.
    private static List<Program> programs(Folder folder, String place, String name, Toml manifest) {
        var programs = new ArrayList<Program>();
        for (var bin : manifest.items("bin")) {
            var own = bin.text("name").orElse(name);
            var file = place + bin.text("path").orElse(own.equals(name) ? "src/main.rs" : "src/bin/" + own + ".rs");
            programs.add(new Program(own, file, bin.texts("required-features")));
        }
        if (folder.has(place + "src/main.rs")) {
            addMissing(programs, name, place + "src/main.rs");
        }
        folder.files(file -> file.startsWith(place + "src/bin/")).forEach(file -> {
            var found = FOUND.matcher(file.substring(place.length()));
            if (found.matches()) {
                addMissing(programs, found.group(1), file);
            }
        });
        return List.copyOf(programs);
    }

    private static void addMissing(List<Program> programs, String name, String file) {
        boolean isThere = programs.stream()
                .anyMatch(each -> each.file().equals(file) || each.name().equals(name));
        if (!isThere) {
            programs.add(new Program(name, file, List.of()));
        }
    }
}
