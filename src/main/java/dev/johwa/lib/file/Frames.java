package dev.johwa.lib.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/// Frames of bytes in a file, one after the other, each whole or not there: length, checksum, bytes. What a crash tore
/// off at the end is no frame. One writes at a time; others may read meanwhile.
public final class Frames {
    private static final int HEAD = 2 * Integer.BYTES;
    private static final int LARGEST = 256 << 20;

    private Frames() {}

    /// CRC-32C.
    public static int checksum(byte[] bytes) {
        return checksum(bytes, bytes.length);
    }

    private static int checksum(byte[] bytes, int length) {
        var sum = new CRC32C();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }

    /// Writes a frame.
    ///
    /// @param start where the frame before it ends
    /// @param length how many of the bytes, at least 1
    /// @return where it ends
    /// @throws IOException when it could not be written: then nothing of it is there
    public static long append(FileChannel file, long start, byte[] bytes, int length) throws IOException {
        var frame = ByteBuffer.allocate(HEAD + length)
                .putInt(length)
                .putInt(checksum(bytes, length))
                .put(bytes, 0, length)
                .flip();
        try {
            while (frame.hasRemaining()) {
                file.write(frame, start + frame.position());
            }
            return start + HEAD + length;
        } catch (IOException e) {
            if (file.isOpen()) {
                file.truncate(start);
            }
            throw e;
        }
    }

    /// Tells every frame that is whole, in order, up to the first that is not.
    ///
    /// @return where the last of them ends
    public static long read(FileChannel file, Consumer<byte[]> each) throws IOException {
        var head = ByteBuffer.allocate(HEAD);
        long size = file.size();
        long at = 0;
        while (at + HEAD <= size) {
            fill(file, head.clear(), at);
            int length = head.getInt(0);
            if (length <= 0 || length > LARGEST || at + HEAD + length > size) {
                break;
            }
            var bytes = new byte[length];
            fill(file, ByteBuffer.wrap(bytes), at + HEAD);
            if (checksum(bytes) != head.getInt(Integer.BYTES)) {
                break;
            }
            each.accept(bytes);
            at += HEAD + length;
        }
        return at;
    }

    /// Reads until a buffer is full.
    ///
    /// @throws IOException also when the file ends before
    public static void fill(FileChannel file, ByteBuffer buffer, long start) throws IOException {
        long at = start;
        while (buffer.hasRemaining()) {
            int count = file.read(buffer, at);
            if (count < 0) {
                throw new IOException("a file ended at " + at);
            }
            at += count;
        }
    }
}
