package dev.johwa.source.migrate;

import dev.johwa.lib.problem.Place;

/// A line of another platform's file and what becomes of it here.
///
/// @param says the key and its value as they stand there, short; values that may be secret are left out
/// @param here in a person's words; of [Kind#KEY] the key with its value, of [Kind#TO_DO] a command where there is one
public record Line(Place place, String says, Kind kind, String here) {
    /// What becomes of it.
    public enum Kind {
        /// So by convention, or by what is there.
        AS_IT_IS("as it is"),
        /// A key of `johwa.yaml`.
        KEY("johwa.yaml"),
        /// A person types or writes it once.
        TO_DO("to do"),
        NOT_YET("not yet"),
        /// It says what nobody needs to say here.
        NO_NEED("no need"),
        /// No key of that file that is known here.
        UNKNOWN("unknown");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    Line as(Kind other, String why) {
        return new Line(place, says, other, why);
    }
}
