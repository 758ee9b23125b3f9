package dev.johwa.watch.chaos;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A fault that somebody wants, with how far it may go: each of them names its environment, and the instances or the
/// share of requests that it hits, and for how long.
///
/// @param time how long it lasts; none for a crash
/// @param instances how many it hits, or what share of them
/// @param share of 10,000 requests so many
/// @param header `NAME`, or `NAME: VALUE`: only requests with this field
/// @param delay for which requests wait
/// @param status of answers
/// @param bytes of memory or of a file; [#FULL] for all that is left
/// @param data the name under which the app finds the address of a database
/// @param inProduction whether it says that production is meant too
public record FaultOrder(
        FaultKind kind,
        String environment,
        Duration time,
        Amount instances,
        int share,
        Optional<String> header,
        Duration delay,
        int status,
        int cpus,
        long bytes,
        Optional<String> data,
        boolean inProduction) {
    /// The longest that one lasts.
    static final Duration LONGEST = Duration.ofMinutes(10);

    static final Duration LONGEST_DELAY = Duration.ofMinutes(1);
    static final long MOST_MEMORY = 4L << 30;
    static final long MOST_DISK = 10L << 30;
    static final int MOST_CPUS = 16;
    /// More than any disk has.
    static final long FULL = Long.MAX_VALUE;

    /// So many, or so many of a hundred.
    public record Amount(int number, boolean isShare) {
        /// Of so many there are; at least one where it is a share.
        int of(int all) {
            return isShare ? Math.min(all, Math.max(1, Math.ceilDiv(all * number, 100))) : Math.min(all, number);
        }

        String text() {
            return isShare ? number + "% of the instances" : number + (number == 1 ? " instance" : " instances");
        }
    }

    /// @param options what is said of it by name: `environment`, `for`, `share`, …
    /// @throws dev.johwa.lib.problem.ProblemException with everything that is wrong
    public static FaultOrder of(String kind, Map<String, String> options) {
        return new OrderReader(options).read(kind);
    }

    /// For a person: `latency of 300ms for 20% of requests, 30 s`.
    String text() {
        var what = switch (kind) {
            case KILL -> "kill of " + instances.text();
            case PAUSE -> "pause of " + instances.text();
            case CPU -> "load on " + cpus + (cpus == 1 ? " processor at " : " processors at ") + instances.text();
            case MEMORY -> (bytes >> 20) + " MiB of memory at " + instances.text();
            case DISK -> (isFull() ? "all that is left" : (bytes >> 20) + " MiB") + " in the folder of data";
            case CUT -> "no connection to " + data.orElse("");
            case LATENCY -> "latency of " + delay.toMillis() + " ms for " + requests();
            case ERRORS -> "errors " + status + " for " + requests();
            case RESETS -> "resets of " + requests();
        };
        return time.isZero() ? what : what + ", " + time.toSeconds() + " s";
    }

    /// Whether a disk is filled to its end.
    boolean isFull() {
        return bytes == FULL;
    }

    private String requests() {
        var hundred = share % 100 == 0 ? String.valueOf(share / 100) : String.valueOf(share / 100.0);
        return hundred + "% of requests" + header.map(field -> " with " + field).orElse("");
    }
}
