package dev.johwa.serve.router;

import java.util.Set;

/// What goes wrong on purpose for some requests of a route. It holds until a time, by which the edge ends it by itself,
/// whoever has ended meanwhile. Two that are equal are the same one, with the same end.
///
/// @param kind one of those below
/// @param share of 10,000 requests so many
/// @param header those with this field only, in lower case; empty for all
/// @param value that the field has; empty for any
/// @param millis for which a request is held back, with [#LATENCY]
/// @param status of the answer, with [#ERRORS]
/// @param until in milliseconds of the epoch
/// @param lasts how many milliseconds it may last at most, however the clock is set meanwhile; 0 where that is not told
public record Trouble(
        String kind, int share, String header, String value, long millis, int status, long until, long lasts) {
    /// A request goes on later.
    public static final String LATENCY = "latency";
    /// The edge answers, with an error.
    public static final String ERRORS = "errors";
    /// A connection breaks.
    public static final String RESETS = "resets";

    private static final Set<String> KINDS = Set.of(LATENCY, ERRORS, RESETS);

    public Trouble {
        if (!KINDS.contains(kind) || share < 0 || share > Part.ALL) {
            throw new IllegalArgumentException(kind + " of " + share + " of " + Part.ALL + " requests");
        }
    }
}
