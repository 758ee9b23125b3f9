package dev.johwa.door.api;

import java.util.List;
import java.util.Optional;

/// The tests of a run in its last attempt that ran any; failed ones first.
///
/// @param attempt 0 when none did
/// @param apps what the tests of each app came to
public record TestList(String project, int number, int attempt, List<Sum> apps, List<Item> tests) {

    /// @param run how many ran, failed ones too; more than are listed where a runner counts without naming
    public record Sum(String app, int run, int failed, int skipped, long millis) {}

    /// @param suite class or file, or empty
    /// @param outcome `passed`, `failed`, `skipped`
    /// @param file where it failed
    /// @param note what earlier runs know of it: `fails since run 12`, `new failure`, `flaky: …`, or empty
    public record Item(
            String app,
            String suite,
            String name,
            String outcome,
            Optional<Long> millis,
            Optional<String> file,
            Optional<Integer> line,
            String message,
            String note) {}
}
