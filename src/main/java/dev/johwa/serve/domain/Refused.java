package dev.johwa.serve.domain;

import java.time.Instant;
import java.util.Optional;

/// An authority gave no certificate.
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Instant> again;

    /// @param again when it may be asked once more, where it said so
    Refused(String why, Optional<Instant> again) {
        super(why);
        this.again = again;
    }

    Optional<Instant> again() {
        return again;
    }
}
