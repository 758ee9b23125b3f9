package dev.johwa.source.config;

/// What `johwa.yaml` says, checked, with the place of each value.
public final class ProjectFile {
    /// A project without a file.
    public static ProjectFile none() {
        throw new UnsupportedOperationException();
    }
}
