package dev.johwa.watch.telemetry.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A file of frames, each whole or not there: length, checksum, bytes. What a cut-off write left is taken away when it
/// is opened.
final class FrameLog implements Closeable {
    private static final int HEAD = 2 * Integer.BYTES;

    private final FileChannel file;

    private FrameLog(FileChannel file) {
        this.file = file;
    }

    /// @param each gets every frame that is whole, in order
    static FrameLog open(Path path, Consumer<ByteBuffer> each) {
        try {
            var file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            long end = 0;
            for (var frame = frame(file, 0); frame != null; frame = frame(file, end)) {
                end += HEAD + frame.remaining();
                each.accept(frame);
            }
            file.truncate(end);
            file.position(end);
            return new FrameLog(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable ByteBuffer frame(FileChannel file, long at) throws IOException {
        var head = ByteBuffer.allocate(HEAD);
        if (!isRead(file, head, at)) {
            return null;
        }
        int length = head.getInt();
        int sum = head.getInt();
        if (length < 0 || length > file.size() - at - HEAD) {
            return null;
        }
        var bytes = ByteBuffer.allocate(length);
        return isRead(file, bytes, at + HEAD) && sum(bytes) == sum ? bytes : null;
    }

    private static boolean isRead(FileChannel file, ByteBuffer into, long at) throws IOException {
        while (into.hasRemaining()) {
            if (file.read(into, at + into.position()) < 0) {
                return false;
            }
        }
        into.flip();
        return true;
    }

    static int sum(ByteBuffer bytes) {
        var sum = new CRC32C();
        sum.update(bytes.duplicate());
        return (int) sum.getValue();
    }

    void append(byte[] bytes, int length) {
        var frame = ByteBuffer.allocate(HEAD + length);
        frame.putInt(length)
                .putInt(sum(ByteBuffer.wrap(bytes, 0, length)))
                .put(bytes, 0, length)
                .flip();
        try {
            while (frame.hasRemaining()) {
                file.write(frame);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What was appended survives a loss of power from now on.
    void force() {
        try {
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
