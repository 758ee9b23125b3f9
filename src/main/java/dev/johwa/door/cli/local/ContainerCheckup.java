package dev.johwa.door.cli.local;

import dev.johwa.door.cli.Programs;
import dev.johwa.door.cli.Surroundings;
import dev.johwa.lib.docker.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Looks at what runs and builds images on a machine.
final class ContainerCheckup {
    private static final Path USUAL = Path.of("/run/buildkit/buildkitd.sock");

    private final Surroundings around;
    private final Programs programs;

    ContainerCheckup(Surroundings around, Programs programs) {
        this.around = around;
        this.programs = programs;
    }

    List<Check> all() {
        var engine = new Engine(around.engine());
        var trouble = engine.trouble();
        if (!Files.exists(engine.socket())) {
            var here = Check.ok("docker", "not here; only apps with a Dockerfile need it");
            return List.of(here, builder("none; it comes with the engine"));
        }
        if (trouble.isPresent()) {
            var fix = Optional.ofNullable(trouble.get().hint()).orElse("look at its log");
            var silent = Check.warning("docker", trouble.get().message(), fix);
            return List.of(silent, builder("the engine's own, which does not answer"));
        }
        var about = engine.about();
        var answers = Check.ok(
                "docker", "engine %s (API %s) answers at %s".formatted(about.version(), about.api(), engine.socket()));
        return List.of(
                answers,
                builder("the engine's classic one; heredocs, cache mounts and secrets of a build need BuildKit"));
    }

    /// @param otherwise what builds where there is no BuildKit
    private Check builder(String otherwise) {
        var named = around.buildkit();
        var address = named.or(() -> Optional.of(USUAL).filter(Files::exists).map(socket -> "unix://" + socket));
        if (address.isEmpty()) {
            return Check.ok("builder", otherwise);
        }
        var program = programs.firstLine(List.of("buildctl", "--version"));
        if (program.isEmpty()) {
            var detail = "a BuildKit is at " + address.get() + ", and there is no `buildctl`";
            var fix = "put buildctl of BuildKit's release into a folder of PATH";
            return named.isPresent()
                    ? Check.missing("builder", detail + ": no image is built", fix)
                    : Check.warning("builder", detail + ": " + otherwise, fix);
        }
        return programs.firstLine(List.of("buildctl", "--addr", address.get(), "debug", "info"))
                .map(version -> Check.ok("builder", version.replaceAll("\\s+", " ") + " at " + address.get()))
                .orElseGet(() -> Check.warning(
                        "builder",
                        "no BuildKit answers at " + address.get() + (named.isPresent() ? ": no image is built" : ""),
                        "start buildkitd, or do without: BUILDKIT_HOST and --buildkit name one"));
    }
}
