package dev.johwa.serve.release;

import java.util.List;

/// How a deployment ended.
///
/// @param release its number, 0 when it ended before it had one
/// @param live whether that release serves now
/// @param address where it is reached, or empty
/// @param reason why not, for a person; empty when it is live
/// @param advice the cause and what would mend it, a line each; empty when nobody knows
public record Outcome(
        AppEnvironment where, int release, boolean live, String address, String reason, List<String> advice) {}
