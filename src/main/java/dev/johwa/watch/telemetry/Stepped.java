package dev.johwa.watch.telemetry;

/// How a series went in the steps of a [Grid]; no number where nothing came. The arrays are not copied: who has it does
/// not change them.
///
/// @param values of a counter how much it grew within each step, of a gauge the mean
/// @param counts how many samples each step had
public record Stepped(Labels labels, double[] values, double[] counts) {}
