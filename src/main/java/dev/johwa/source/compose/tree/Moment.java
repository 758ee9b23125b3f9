package dev.johwa.source.compose.tree;

/// A plain text that YAML 1.1 takes for a date or time, as Compose's reader does.
///
/// @param text as it is shown where a text is wanted: `2026-01-31 00:00:00 +0000 UTC`
/// @param json the same as RFC 3339
public record Moment(String text, String json) {}
