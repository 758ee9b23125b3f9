package dev.johwa.watch.advisory;

import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/// What an export says, by package: a file of [Facts], a table of 65,536 starts, and entries in the order of a hash of
/// their package. A look at a package reads some kilobytes of it. The file is replaced as a whole; who reads goes on
/// with the one that was opened. Used by one thread.
final class Index implements AutoCloseable {
    static final int BUCKETS = 1 << 16;
    /// Says that it is one, of this form.
    static final long MAGIC = 0x6a6f_6877_614f_5633L;
    static final int HEAD = Long.BYTES + Integer.BYTES;

    private final FileChannel file;
    private final Facts facts;
    private final long table;

    private Index(FileChannel file, Facts facts, long table) {
        this.file = file;
        this.facts = facts;
        this.table = table;
    }

    static int bucket(String key) {
        var sum = new CRC32();
        sum.update(key.getBytes(StandardCharsets.UTF_8));
        return (int) sum.getValue() & (BUCKETS - 1);
    }

    /// Empty where there is none, or one of another form.
    static Optional<Index> open(Path path) throws IOException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        var file = FileChannel.open(path);
        try {
            var head = read(file, 0, HEAD);
            int length = head.getLong() == MAGIC ? head.getInt() : -1;
            if (length >= 0) {
                var facts = Json.read(read(file, HEAD, length).array(), Facts.class);
                return Optional.of(new Index(file, facts, HEAD + length));
            }
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        file.close();
        return Optional.empty();
    }

    Facts facts() {
        return facts;
    }

    /// What advisories say of a package.
    List<Entry> of(PackageKey key) throws IOException {
        var ends = read(file, table + (long) bucket(key.text()) * Long.BYTES, 2 * Long.BYTES);
        long start = ends.getLong();
        var lines = read(file, start, (int) (ends.getLong() - start));
        var wanted = (key.text() + "\n").getBytes(StandardCharsets.UTF_8);
        var entries = new ArrayList<Entry>();
        while (lines.hasRemaining()) {
            int length = lines.getInt();
            int at = lines.position();
            if (length > wanted.length && lines.slice(at, wanted.length).equals(ByteBuffer.wrap(wanted))) {
                var text = new byte[length - wanted.length];
                lines.get(at + wanted.length, text);
                entries.add(Json.read(text, Entry.class));
            }
            lines.position(at + length);
        }
        return entries;
    }

    private static ByteBuffer read(FileChannel file, long start, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, start + bytes.position()) < 0) {
                throw new IOException("it ends too early");
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
