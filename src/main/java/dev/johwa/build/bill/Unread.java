package dev.johwa.build.bill;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A file within an archive, which readers of it must not close; what it unfolds to is bounded by whoever reads.
final class Unread extends FilterInputStream {
    Unread(InputStream in) {
        super(in);
    }

    @Override
    public void close() throws IOException {
        // The archive goes on behind it.
    }
}
