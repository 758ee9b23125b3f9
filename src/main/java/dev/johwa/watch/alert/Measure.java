package dev.johwa.watch.alert;

import dev.johwa.serve.router.EdgeReport;

/// What makes a request a bad one.
public sealed interface Measure {
    /// As people write it: `availability`, `latency`.
    String word();

    /// An answer of 500 and above.
    record Availability() implements Measure {
        @Override
        public String word() {
            return "availability";
        }
    }

    /// An answer that took longer.
    ///
    /// @param seconds one of [EdgeReport#BOUNDS], since requests are counted by them
    record Latency(double seconds) implements Measure {
        public Latency {
            if (!EdgeReport.BOUNDS.contains(seconds)) {
                throw new IllegalArgumentException(seconds + " s is no bound of the edge's counts");
            }
        }

        @Override
        public String word() {
            return "latency";
        }
    }
}
