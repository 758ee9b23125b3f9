package dev.johwa.source.detect;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The language runtimes on this machine with their versions; looked up once and kept.
public final class Toolchains {
    /// A runtime that can be started.
    ///
    /// @param name `python`, `node`, `java`, `go`, `maven`
    /// @param version as the tool says it: `3.11.7`, `25.0.3`
    /// @param program the real file, not a shim (a pyenv shim costs 100 ms a call)
    /// @param home the folder that holds the whole runtime, to be shown to a sandbox
    public record Tool(String name, String version, Path program, Path home) {}

    /// All versions of a tool, best first.
    public List<Tool> find(String name) {
        throw new UnsupportedOperationException();
    }

    /// The best one that fits what the project asks for.
    public Optional<Tool> choose(String name, Optional<String> wanted) {
        throw new UnsupportedOperationException();
    }
}
