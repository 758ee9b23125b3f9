package dev.johwa.door.api;

/// How a deployment ended.
///
/// @param release its number, 0 when it ended before it had one
/// @param live whether that release serves now
/// @param reason why not, for a person, or empty
public record Deployed(String app, String environment, int release, boolean live, String address, String reason) {}
