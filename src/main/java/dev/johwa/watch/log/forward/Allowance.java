package dev.johwa.watch.log.forward;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// What one message may take of the memory that all messages share. Used by one thread; closed when the message is
/// kept.
final class Allowance implements AutoCloseable {
    /// Bytes of one message, decompressed.
    static final long MOST = 32L << 20;
    /// What all that are read at a time may take, in pieces of [#PIECE].
    static final int PIECES = 128;

    private static final long PIECE = 1L << 20;
    /// Compressed, decompressed and as records.
    private static final long ALL_FORMS = 3 * MOST;
    private static final long PATIENCE_SECONDS = 30;

    private final Semaphore shared;
    private long taken;
    private int pieces;

    Allowance(Semaphore shared) {
        this.shared = shared;
    }

    /// Takes some before it is used.
    ///
    /// @throws IOException when the message is too large, or there is no room for too long
    void take(long bytes) throws IOException {
        taken += bytes;
        if (bytes < 0 || taken > ALL_FORMS) {
            throw new IOException("a message takes more than " + ALL_FORMS + " bytes of memory");
        }
        // Small messages need not ask.
        while (taken > (pieces + 1) * PIECE) {
            acquire();
        }
    }

    private void acquire() throws IOException {
        try {
            if (!shared.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("too many large messages at a time");
            }
            pieces++;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        shared.release(pieces);
        pieces = 0;
    }
}
