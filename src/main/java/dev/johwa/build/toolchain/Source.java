package dev.johwa.build.toolchain;

import dev.johwa.source.detect.Toolchains;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A registry that serves a runtime, spoken to by its own client. What it does not serve is an [IOException] in words
/// for a person.
sealed interface Source permits NodeFromNpm, GoFromProxy {
    /// What was put in place.
    ///
    /// @param folder below the work folder, as it is to be kept
    /// @param digest by which the client checked it
    /// @param from package and version, in the registry's words
    record Unpacked(Path folder, String digest, String from) {}

    /// Who serves it, for a person.
    String registry();

    /// The version to take of those that are served, and why not when there is none.
    Optional<String> choose(Predicate<String> fits, Client client) throws IOException;

    /// Fetches a version into the client's work folder.
    Unpacked fetch(String version, Client client) throws IOException;

    /// The newest by the numbers, of those that fit.
    static Optional<String> newest(List<String> versions, Predicate<String> fits) {
        return versions.stream().filter(fits).max(Toolchains.ORDER);
    }
}
