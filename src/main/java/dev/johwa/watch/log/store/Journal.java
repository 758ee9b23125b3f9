package dev.johwa.watch.log.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The file that lines go to first: frames, each with its length and checksum before it. What a crash tore off at the
/// end was told nobody. One writes at a time; many may wait for [#force] together.
final class Journal implements AutoCloseable {
    private static final String NAME = "journal-";
    private static final int HEAD = 8;
    private static final int LARGEST = 256 << 20;

    private final Path file;
    private final FileChannel channel;
    private final Object forcing = new Object();
    private volatile long size;
    private long forced;

    private Journal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static Journal create(Path folder, long number) throws IOException {
        var file = folder.resolve(NAME + number);
        var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var parent = FileChannel.open(folder)) {
            parent.force(true);
        }
        return new Journal(file, channel);
    }

    /// Oldest first.
    static List<Path> all(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(each -> each.getFileName().toString().startsWith(NAME))
                    .sorted((one, other) -> Long.compare(number(one), number(other)))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    static long number(Path file) {
        return Long.parseLong(file.getFileName().toString().substring(NAME.length()));
    }

    Path file() {
        return file;
    }

    long size() {
        return size;
    }

    /// @throws IOException when it could not be written: then nothing of it is kept
    void write(byte[] frame) throws IOException {
        var buffer = ByteBuffer.allocate(HEAD + frame.length)
                .putInt(frame.length)
                .putInt(Frame.checksum(frame))
                .put(frame)
                .flip();
        long start = size;
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer, start + buffer.position());
            }
            size = start + HEAD + frame.length;
        } catch (IOException e) {
            if (channel.isOpen()) {
                channel.truncate(start);
            }
            throw e;
        }
    }

    /// Returns when everything before an end is on the disk. Those who wait together wait for one write.
    void force(long end) throws IOException {
        synchronized (forcing) {
            if (forced < end) {
                long now = size;
                channel.force(false);
                forced = now;
            }
        }
    }

    /// The whole frames of a journal, also of one that is being written; none where it is gone by now.
    static void read(Path file, Consumer<Frame> frames) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var head = ByteBuffer.allocate(HEAD);
            long size = channel.size();
            for (long at = 0; at + HEAD <= size; ) {
                fill(channel, head.clear(), at);
                int length = head.getInt(0);
                if (length <= 0 || length > LARGEST || at + HEAD + length > size) {
                    return;
                }
                var bytes = ByteBuffer.allocate(length);
                fill(channel, bytes, at + HEAD);
                if (Frame.checksum(bytes.array()) != head.getInt(4)) {
                    return;
                }
                frames.accept(Frame.decode(bytes.array()));
                at += HEAD + length;
            }
        } catch (NoSuchFileException e) {
            // It became blocks meanwhile.
        }
    }

    static void fill(FileChannel channel, ByteBuffer buffer, long start) throws IOException {
        long at = start;
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer, at);
            if (count < 0) {
                throw new IOException("a file ended at " + at);
            }
            at += count;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
