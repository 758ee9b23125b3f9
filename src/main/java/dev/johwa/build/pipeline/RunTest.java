package dev.johwa.build.pipeline;

/// A test of a run, as its runner named it.
///
/// @param suite class or file, or empty
/// @param outcome `passed`, `failed`, `skipped`
/// @param millis how long it took; -1 when the runner does not say
/// @param file where it failed, or empty
/// @param line in the file, or 0
/// @param message of one that failed, else empty
/// @param note what earlier runs know of it: `fails since run 12`, or empty
public record RunTest(
        String app,
        String suite,
        String name,
        String outcome,
        long millis,
        String file,
        int line,
        String message,
        String note) {}
