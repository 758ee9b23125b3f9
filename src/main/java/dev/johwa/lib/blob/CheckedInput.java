package dev.johwa.lib.blob;

import dev.johwa.lib.problem.Problem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Hashes what is read, and at the end compares it with the name under which it was kept.
final class CheckedInput extends FilterInputStream {
    private final Digest digest;
    private final MessageDigest hash;

    CheckedInput(InputStream in, Digest digest, MessageDigest hash) {
        super(in);
        this.digest = digest;
        this.hash = hash;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next < 0) {
            check();
        } else {
            hash.update((byte) next);
        }
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count < 0) {
            check();
        } else {
            hash.update(buffer, offset, count);
        }
        return count;
    }

    private void check() throws IOException {
        var clone = clone(hash);
        if (!HexFormat.of().formatHex(clone.digest()).equals(digest.hex())) {
            throw Problem.system(
                            "blob.damaged",
                            "blob " + digest.shortened() + " is damaged: its bytes are not those of its name")
                    .hint("the disk may fail; restore a backup, or push again to build it anew")
                    .exception();
        }
    }

    private static MessageDigest clone(MessageDigest hash) throws IOException {
        try {
            return (MessageDigest) hash.clone();
        } catch (CloneNotSupportedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
