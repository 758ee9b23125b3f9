package dev.johwa.lib.docker;

import dev.johwa.lib.docker.Containers.LogListener;
import java.time.Duration;
import java.time.Instant;

/// Passes on pieces of output that were not heard yet, so that they may be asked for twice. On each stream times do not
/// go back; several pieces may be of one time. Used by one thread.
final class Heard implements LogListener {
    /// By so much the two streams may overtake each other on their way into the engine's file.
    private static final Duration OVERTAKING = Duration.ofSeconds(5);

    private final LogListener listener;
    private final Mark out = new Mark();
    private final Mark err = new Mark();

    Heard(LogListener listener) {
        this.listener = listener;
    }

    private static final class Mark {
        private Instant at = Instant.EPOCH;
        private int count;
        private int toSkip;

        boolean isNew(Instant time) {
            if (time.isBefore(at)) {
                return false;
            }
            if (toSkip > 0 && time.equals(at)) {
                toSkip--;
                return false;
            }
            count = time.equals(at) ? count + 1 : 1;
            at = time;
            toSkip = 0;
            return true;
        }
    }

    @Override
    public void piece(Instant at, boolean isError, byte[] bytes) {
        if ((isError ? err : out).isNew(at)) {
            listener.piece(at, isError, bytes);
        }
    }

    /// From now on what was heard comes once more.
    ///
    /// @return from when on
    Instant again() {
        out.toSkip = out.count;
        err.toSkip = err.count;
        var later = out.at.isAfter(err.at) ? out.at : err.at;
        var earlier = out.at.isAfter(err.at) ? err.at : out.at;
        var floor = later.equals(Instant.EPOCH) ? later : later.minus(OVERTAKING);
        return earlier.isAfter(floor) ? earlier : floor;
    }
}
