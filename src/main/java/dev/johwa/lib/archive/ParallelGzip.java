package dev.johwa.lib.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// Compresses a stream to gzip (RFC 1952, one member) on all processors.
///
/// Blocks of a fixed size are compressed apart, each with the end of the one before as its dictionary, and joined at
/// byte boundaries; so equal bytes give equal bytes, whatever the number of processors. The header holds neither name
/// nor time. Memory is bounded by a few blocks. Used by one thread.
public final class ParallelGzip extends OutputStream {
    private static final int BLOCK = 1 << 18;
    private static final int DICTIONARY = 1 << 15;
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 255};

    private final OutputStream out;
    private final CRC32 check = new CRC32();
    private final Deque<ForkJoinTask<byte[]>> running = new ArrayDeque<>();
    private final int most = 2 * Math.max(1, ForkJoinPool.commonPool().getParallelism());
    private byte[] block = new byte[BLOCK];
    private int filled;
    private byte @Nullable [] before;
    private long length;
    private boolean isClosed;

    public ParallelGzip(OutputStream out) throws IOException {
        this.out = out;
        out.write(HEADER);
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        check.update(bytes, offset, count);
        length += count;
        for (int done = 0; done < count; ) {
            if (filled == BLOCK) {
                compress(false);
            }
            int part = Math.min(count - done, BLOCK - filled);
            System.arraycopy(bytes, offset + done, block, filled, part);
            filled += part;
            done += part;
        }
    }

    private void compress(boolean last) throws IOException {
        var bytes = block;
        int count = filled;
        var dictionary = before;
        // When the others have enough to do, this thread helps instead of waiting for them.
        if (running.size() < most) {
            running.add(ForkJoinPool.commonPool().submit(() -> deflated(bytes, count, dictionary, last)));
        } else {
            running.add(ForkJoinTask.adapt(() -> deflated(bytes, count, dictionary, last)));
            running.getLast().quietlyInvoke();
        }
        before = bytes;
        block = new byte[BLOCK];
        filled = 0;
        while (!running.isEmpty() && (running.getFirst().isDone() || running.size() > most)) {
            writeFirst();
        }
    }

    private void writeFirst() throws IOException {
        try {
            out.write(running.removeFirst().join());
        } catch (CancellationException e) {
            throw new IOException("compressing was cancelled", e);
        }
    }

    private static byte[] deflated(byte[] bytes, int count, byte @Nullable [] before, boolean last) {
        var deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            if (before != null) {
                deflater.setDictionary(before, BLOCK - DICTIONARY, DICTIONARY);
            }
            deflater.setInput(bytes, 0, count);
            if (last) {
                deflater.finish();
            }
            var result = new ByteArrayOutputStream(count / 2 + 64);
            var buffer = new byte[1 << 16];
            for (int got = buffer.length; got == buffer.length; ) {
                got = deflater.deflate(buffer, 0, buffer.length, last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
                result.write(buffer, 0, got);
            }
            return result.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /// Ends the member and leaves the stream below open.
    @Override
    public void close() throws IOException {
        if (isClosed) {
            return;
        }
        isClosed = true;
        compress(true);
        while (!running.isEmpty()) {
            writeFirst();
        }
        var end = new byte[8];
        for (int i = 0; i < 4; i++) {
            end[i] = (byte) (check.getValue() >>> (8 * i));
            end[4 + i] = (byte) (length >>> (8 * i));
        }
        out.write(end);
    }
}
