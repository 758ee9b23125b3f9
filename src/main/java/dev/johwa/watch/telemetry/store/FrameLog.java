package dev.johwa.watch.telemetry.store;

import dev.johwa.lib.file.Frames;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/// A file of [Frames]. What a cut-off write left is taken away when it is opened.
final class FrameLog implements Closeable {
    private final FileChannel file;
    private long end;

    private FrameLog(FileChannel file, long end) {
        this.file = file;
        this.end = end;
    }

    /// @param each gets every frame that is whole, in order
    static FrameLog open(Path path, Consumer<ByteBuffer> each) {
        try {
            var file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            long end = Frames.read(file, frame -> each.accept(ByteBuffer.wrap(frame)));
            file.truncate(end);
            return new FrameLog(file, end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void append(byte[] bytes, int length) {
        try {
            end = Frames.append(file, end, bytes, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// In bytes.
    long size() {
        return end;
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
