package dev.johwa.door.web;

import dev.johwa.lib.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongFunction;

/// A body that may not be longer than it may be, whatever it said of itself.
final class BoundedInput extends FilterInputStream {
    private final long atMost;
    private final LongFunction<ProblemException> tooLarge;
    private long read;

    /// @param tooLarge what to throw at who reads on
    BoundedInput(InputStream in, long atMost, LongFunction<ProblemException> tooLarge) {
        super(in);
        this.atMost = atMost;
        this.tooLarge = tooLarge;
    }

    @Override
    public int read() throws IOException {
        return count(super.read(), 1);
    }

    @Override
    public int read(byte[] to, int start, int length) throws IOException {
        int some = super.read(to, start, length);
        return count(some, some);
    }

    private int count(int answer, int bytes) {
        if (answer >= 0) {
            read += bytes;
        }
        if (read > atMost) {
            throw tooLarge.apply(atMost);
        }
        return answer;
    }
}
