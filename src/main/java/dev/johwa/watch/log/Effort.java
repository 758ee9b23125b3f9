package dev.johwa.watch.log;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.util.concurrent.atomic.AtomicLong;

/// What one search may spend on its regular expressions, over all lines: some take long on each line, but not so long
/// that one of them is too much. Safe for use by many threads.
public final class Effort {
    /// About a minute of a processor: as much as a plain look at all that a large store has.
    private static final long MOST_READS = 20_000_000_000L;

    private final AtomicLong left;

    public Effort() {
        this(MOST_READS);
    }

    Effort(long reads) {
        left = new AtomicLong(reads);
    }

    /// @throws ProblemException with code `search.endless` when it is spent
    void spend(long reads) {
        if (left.addAndGet(-reads) < 0) {
            throw endless("the lines of this log");
        }
    }

    static ProblemException endless(String where) {
        return Problem.user("search.endless", "the regular expression takes too long, or goes too deep, on " + where)
                .hint("name more of what a line contains, and repeat nothing within what is repeated; or ask for less"
                        + " time")
                .exception();
    }
}
