package dev.johwa.source.detect.version;

/// Versions that a project accepts. Made by a [Syntax].
public sealed interface Range permits NpmRange, PythonRange, Bounds {
    /// Whether a version is in the range.
    ///
    /// @param version as a tool itself says it: `20.11.0`, `3.13.0rc1`
    boolean holds(String version);
}
