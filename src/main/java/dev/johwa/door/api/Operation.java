package dev.johwa.door.api;

/// Long work that goes on.
///
/// @param events where to follow it, as server-sent events
public record Operation(String id, String name, boolean over, String events) {}
