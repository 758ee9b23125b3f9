package dev.johwa.source.config;

import java.util.Objects;
import java.util.Optional;

/// What an app counts of its business, by which its releases are compared beside errors and times. One of the three
/// says by what it is seen.
///
/// @param name as people read it: `orders`
/// @param header field of an answer below 400 that tells of one, in lower case
/// @param log field of a line that tells of one, and its value: `event=order`
/// @param metric a counter that the app tells of itself
public record Counter(String name, Optional<String> header, Optional<String> log, Optional<String> metric) {
    static final String KEY = "counter";
    /// What the platform counts, where the app does not.
    public static final String OURS = "johwa_app_counted_total";

    public Counter {
        header = Objects.requireNonNullElse(header, Optional.empty());
        log = Objects.requireNonNullElse(log, Optional.empty());
        metric = Objects.requireNonNullElse(metric, Optional.empty());
    }

    /// The metric that has it by release.
    public String counted() {
        return metric.orElse(OURS);
    }
}
