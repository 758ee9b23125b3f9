package dev.johwa.watch.log.store;

import dev.johwa.lib.file.Frames;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The file of [Frames] that lines go to first. What a crash tore off at the end was told nobody. One writes at a time;
/// many may wait for [#force] together.
final class Journal implements AutoCloseable {
    private static final String NAME = "journal-";

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
        size = Frames.append(channel, size, frame, frame.length);
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
            Frames.read(channel, bytes -> frames.accept(Frame.decode(bytes)));
        } catch (NoSuchFileException e) {
            // It became blocks meanwhile.
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
