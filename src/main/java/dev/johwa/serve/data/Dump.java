package dev.johwa.serve.data;

import java.nio.file.Path;
import java.time.Instant;

/// What a database held at a moment, in a file.
///
/// @param id by which people name it: `20261126-033015123-before-release-4`
/// @param why it was made: `before-release-4`, `daily`, `asked`
public record Dump(String id, Path file, Instant at, String why, long bytes) {}
