package dev.johwa.lib.blob;

import dev.johwa.lib.problem.Problem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/// Hashes what is read, and at the end compares it with the name under which it was kept.
final class CheckedInput extends FilterInputStream {
    private final Digest digest;
    private final MessageDigest hash = Digest.sha256();
    private final Runnable whenDamaged;
    private boolean isChecked;

    CheckedInput(InputStream in, Digest digest, Runnable whenDamaged) {
        super(in);
        this.digest = digest;
        this.whenDamaged = whenDamaged;
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

    /// A skipped byte would escape the check.
    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 1 << 16)).length;
    }

    private void check() {
        if (isChecked) {
            return;
        }
        if (!Digest.of(hash).equals(digest)) {
            whenDamaged.run();
            throw Problem.system(
                            "blob.damaged",
                            "blob " + digest.shortened() + " is damaged: its bytes are not those of its name")
                    .hint("push again to build it anew, or restore a backup; the disk may be failing")
                    .exception();
        }
        isChecked = true;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
