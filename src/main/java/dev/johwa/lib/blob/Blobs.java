package dev.johwa.lib.blob;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/// A folder of blobs, `sha256/ab/abcdef…`. Writing is atomic (a temporary file, fsync, rename) and a blob that is
/// there already costs nothing. Safe for use by many threads and processes.
public final class Blobs {
    public Blobs(Path folder) {}

    public Digest put(byte[] bytes) {
        throw new UnsupportedOperationException();
    }

    /// Keeps what is read from the stream, in constant memory.
    public Digest put(InputStream bytes) {
        throw new UnsupportedOperationException();
    }

    /// Keeps what the writer writes, in constant memory.
    public Digest put(Writer writer) {
        throw new UnsupportedOperationException();
    }

    /// Reads a blob; reading past its last byte throws a problem when the bytes are not those of the digest.
    public InputStream open(Digest digest) {
        throw new UnsupportedOperationException();
    }

    public byte[] read(Digest digest) {
        throw new UnsupportedOperationException();
    }

    public boolean has(Digest digest) {
        throw new UnsupportedOperationException();
    }

    public long size(Digest digest) {
        throw new UnsupportedOperationException();
    }

    public List<Digest> list() {
        throw new UnsupportedOperationException();
    }

    public void delete(Digest digest) {
        throw new UnsupportedOperationException();
    }

    /// Writes the bytes of a blob.
    @FunctionalInterface
    public interface Writer {
        void write(OutputStream out) throws java.io.IOException;
    }
}
