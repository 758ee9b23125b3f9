package dev.johwa.watch.telemetry;

/// How a batch fared.
///
/// @param why of the values that were not kept, in words; empty when all were
public record Taken(long kept, long dropped, String why) {}
