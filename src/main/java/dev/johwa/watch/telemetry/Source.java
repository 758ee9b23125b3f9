package dev.johwa.watch.telemetry;

import java.util.List;

/// Where samples come from, all of one tier: what a query reads.
public interface Source {
    /// Series that meet all of these, with samples from after `from` up to and with `until`.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException with code `query.too-large` when it is more than may be read
    List<Series> select(List<Matcher> matchers, long from, long until, Column column);

    /// How long a sample speaks for what comes after it, in milliseconds.
    default long lookback() {
        return 5 * 60_000;
    }

    /// Whether a sample stands for several that are not kept any more.
    default boolean isCoarse() {
        return false;
    }
}
