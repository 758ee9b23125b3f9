package dev.johwa.watch.telemetry;

import java.time.Instant;

/// Values of an app that were not kept.
///
/// @param app empty for those that belong to none
/// @param why `too many series`, `out of order`, `too old` or `in the future`
/// @param values how many, since the platform started
/// @param example the last series this befell
/// @param last when that was
public record Dropped(String app, String why, long values, String example, Instant last) {}
