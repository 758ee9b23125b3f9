package dev.johwa.serve.router;

import java.util.Locale;

/// What goes wrong on purpose for some requests of a route. It holds until a time, by which the edge ends it by itself,
/// whoever has ended meanwhile.
///
/// @param share of 10,000 requests so many
/// @param header those with this field only, in lower case; empty for all
/// @param value that the field has; empty for any
/// @param millis for which a request is held back, with [Kind#LATENCY]
/// @param status of the answer, with [Kind#ERRORS]
/// @param until in milliseconds of the epoch
public record Trouble(Kind kind, int share, String header, String value, long millis, int status, long until) {
    /// What becomes of a request.
    public enum Kind {
        /// It goes on later.
        LATENCY,
        /// The edge answers, with an error.
        ERRORS,
        /// Its connection breaks.
        RESETS;

        /// `latency`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Trouble {
        if (share < 0 || share > Part.ALL) {
            throw new IllegalArgumentException(share + " of " + Part.ALL + " requests");
        }
    }
}
