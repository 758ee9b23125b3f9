package dev.johwa.build.container;

import dev.johwa.lib.process.Processes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where BuildKit may be.
///
/// @param address of its daemon, as `buildctl --addr` takes it, where somebody named one
/// @param path folders of programs, in one of which `buildctl` may be
/// @param work folder for what a build needs for its time
public record BuildkitPlace(Optional<String> address, List<Path> path, Path work, Processes processes) {
    /// Where its daemon usually listens.
    static final Path USUAL = Path.of("/run/buildkit/buildkitd.sock");

    public BuildkitPlace {
        path = List.copyOf(path);
    }
}
