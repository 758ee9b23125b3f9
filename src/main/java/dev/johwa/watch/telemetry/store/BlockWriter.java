package dev.johwa.watch.telemetry.store;

import dev.johwa.lib.file.Frames;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Writes a block, which is there once it is whole and not before.
final class BlockWriter implements Closeable {
    private static final String PART = ".part";

    private final Path file;
    private final Path part;
    private final DataOutputStream out;
    private final List<int[]> table = new ArrayList<>();
    private int place;

    BlockWriter(Path file) throws IOException {
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + PART);
        this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part), 1 << 16));
    }

    static boolean isPart(Path file) {
        return file.toString().endsWith(PART);
    }

    /// By number in order.
    void add(int id, byte[] chunk) throws IOException {
        out.write(chunk);
        table.add(new int[] {id, place, chunk.length, Frames.checksum(chunk)});
        place = Math.addExact(place, chunk.length);
    }

    /// @param made names of the files that went into it
    void finish(List<String> made) throws IOException {
        for (var entry : table) {
            for (int number : entry) {
                out.writeInt(number);
            }
        }
        var names = String.join("\n", made).getBytes(StandardCharsets.UTF_8);
        out.write(names);
        out.writeLong(place);
        out.writeInt(table.size());
        out.writeInt(names.length);
        out.writeInt(0);
        out.writeInt(Block.MAGIC);
        out.close();
        try (var written = FileChannel.open(part, StandardOpenOption.WRITE);
                var folder = FileChannel.open(file.toAbsolutePath().getParent())) {
            written.force(true);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            folder.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        try (OutputStream closed = out) {
            closed.flush();
        }
        Files.deleteIfExists(part);
    }
}
