package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import dev.johwa.build.pipeline.results.TestResults.Named;

/// A test of a run and how it went.
///
/// @param suite class or file, or empty
/// @param name as its runner prints it, so that a person can look for it
/// @param millis how long it took; -1 when the runner does not say
/// @param message of one that failed, else empty
/// @param where `file:line` of the failure, or empty
public record TestCase(String suite, String name, Outcome outcome, long millis, String message, String where) {
    /// How a test went.
    public enum Outcome {
        PASSED,
        FAILED,
        SKIPPED
    }

    static TestCase of(Named test) {
        var outcome = test.isSkipped() ? Outcome.SKIPPED : Outcome.PASSED;
        return new TestCase(test.suite(), test.test(), outcome, test.millis(), "", "");
    }

    static TestCase failed(String suite, Failure failure, long millis) {
        return new TestCase(suite, failure.test(), Outcome.FAILED, millis, failure.message(), failure.where());
    }
}
