package dev.johwa.lib.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// A stream whose end is somebody else's.
public final class Unclosed extends FilterOutputStream {
    public Unclosed(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}
