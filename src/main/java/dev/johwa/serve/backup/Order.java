package dev.johwa.serve.backup;

/// What is asked of a backup.
///
/// @param where a folder, or `s3://BUCKET/PREFIX`
/// @param keys whether the keys of the platform go in too
public record Order(String where, boolean keys) {}
