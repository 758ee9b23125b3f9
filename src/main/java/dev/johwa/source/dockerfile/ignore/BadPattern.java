package dev.johwa.source.dockerfile.ignore;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.RawNames;

/// A pattern that no builder takes.
final class BadPattern extends Exception {
    private final String hint;

    BadPattern(String message, String hint) {
        super(message, null, false, false);
        this.hint = hint;
    }

    /// As a person is told it.
    Problem problem(String text, Place place) {
        return Problem.user("dockerignore.pattern", "'" + RawNames.text(text) + "': " + getMessage())
                .at(place)
                .hint(hint);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
