package dev.johwa.watch.telemetry.query;

/// Moments at which an expression is evaluated, in milliseconds since 1970.
///
/// @param end the last moment is this or before
record Steps(long start, long end, long step) {
    Steps {
        if (step <= 0 || end < start) {
            throw new IllegalArgumentException("steps go forward");
        }
    }

    static Steps one(long at) {
        return new Steps(at, at, 1);
    }

    int count() {
        return (int) ((end - start) / step) + 1;
    }

    long at(int index) {
        return start + index * step;
    }
}
