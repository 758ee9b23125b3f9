package dev.johwa.serve.release;

/// How a deployment ended.
///
/// @param release its number, 0 when it ended before it had one
/// @param live whether that release serves now
/// @param address where it is reached, or empty
/// @param reason why not, for a person; empty when it is live
public record Outcome(AppEnvironment where, int release, boolean live, String address, String reason) {}
