package dev.johwa.watch.log.store;

import dev.johwa.lib.file.Whole;
import dev.johwa.watch.log.Chunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashSet;

/// The chunks that are kept, the newest hundred thousand: in memory, and those of journals that became blocks in a
/// file. Used by one thread at a time.
final class Chunks {
    private static final int MOST = 100_000;
    private static final int LENGTH = 16;

    private final Path file;
    private final LinkedHashSet<Chunk> known = new LinkedHashSet<>();

    Chunks(Path file) throws IOException {
        this.file = file;
        var bytes = ByteBuffer.wrap(read());
        while (bytes.remaining() >= LENGTH) {
            add(new Chunk(bytes.getLong(), bytes.getLong()));
        }
    }

    private byte[] read() throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    boolean has(Chunk chunk) {
        return known.contains(chunk);
    }

    void add(Chunk chunk) {
        known.add(chunk);
        if (known.size() > MOST) {
            known.removeFirst();
        }
    }

    /// Those whose journal is about to go.
    void keep(Collection<Chunk> chunks) throws IOException {
        if (chunks.isEmpty()) {
            return;
        }
        if (Files.exists(file) && Files.size(file) > 2L * MOST * LENGTH) {
            Whole.writeDurably(file, bytes(known), "rw-------");
            return;
        }
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            // What a crash cut off is no whole number of them.
            channel.truncate(channel.size() / LENGTH * LENGTH);
            channel.write(ByteBuffer.wrap(bytes(chunks)));
            channel.force(true);
        }
    }

    private static byte[] bytes(Collection<Chunk> chunks) {
        var bytes = ByteBuffer.allocate(chunks.size() * LENGTH);
        chunks.forEach(chunk -> bytes.putLong(chunk.high()).putLong(chunk.low()));
        return bytes.array();
    }
}
