package dev.johwa.watch.log.forward;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream that ends with a failure once it gave too much: what a few bytes unpack to may be endless.
final class Counted extends FilterInputStream {
    private final long most;
    private final Runnable onFirst;
    private long given;

    Counted(InputStream input, long most) {
        this(input, most, () -> {});
    }

    /// @param onFirst runs with the first byte that is counted
    Counted(InputStream input, long most, Runnable onFirst) {
        super(input);
        this.most = most;
        this.onFirst = onFirst;
    }

    /// Counts anew.
    void again() {
        given = 0;
    }

    private int count(int bytes) throws IOException {
        if (given == 0 && bytes > 0) {
            onFirst.run();
        }
        given += Math.max(0, bytes);
        if (given > most) {
            throw new IOException("a message is larger than " + most + " bytes");
        }
        return bytes;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] bytes, int start, int length) throws IOException {
        return count(super.read(bytes, start, length));
    }
}
