package dev.johwa.build.pipeline;

import java.util.List;

/// The tests of a run, in its last attempt that ran any.
///
/// @param attempt 0 when none did
/// @param sums of each app; more than its tests where a runner counts without naming
/// @param tests failed ones first
public record RunTests(int attempt, List<Sum> sums, List<RunTest> tests) {
    public RunTests {
        sums = List.copyOf(sums);
        tests = List.copyOf(tests);
    }

    /// What the tests of an app came to.
    ///
    /// @param run how many ran, failed ones too
    /// @param millis how long all of them took together, with what their commands did around them
    public record Sum(String app, int run, int failed, int skipped, long millis) {}

    /// Which of them.
    ///
    /// @param failed only those that failed
    /// @param slowest those that took longest, first
    /// @param after so many are left out before
    /// @param limit at most so many
    public record Asked(boolean failed, boolean slowest, int after, int limit) {}
}
