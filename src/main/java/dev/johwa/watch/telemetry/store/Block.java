package dev.johwa.watch.telemetry.store;

import dev.johwa.lib.file.Frames;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file of packed series that is never changed: chunks, a table of them by number, names of the files that went into
/// it, and where the table is. Each chunk has a checksum.
///
/// @param size in bytes
record Block(Path file, Span span, long size) {
    private static final Logger LOG = LoggerFactory.getLogger(Block.class);
    static final int MAGIC = 0x4a4f4d31;
    /// Number, place, length and checksum of a chunk.
    static final int ENTRY = 4 * Integer.BYTES;
    /// Place of the table, how many are in it, length of the names, checksum of both, what it is.
    static final int FOOT = Long.BYTES + 4 * Integer.BYTES;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    /// Open for reading.
    final class Open implements AutoCloseable {
        private final Arena arena;
        private final MemorySegment bytes;
        private final long table;
        private final int count;
        private int passed;

        /// @throws IOException also when it is no whole block
        @SuppressWarnings("MustBeClosedChecker") // by close()
        private Open() throws IOException {
            arena = Arena.ofConfined();
            try (var channel = FileChannel.open(file)) {
                bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
                long foot = bytes.byteSize() - FOOT;
                if (foot < 0 || bytes.get(INT, foot + FOOT - Integer.BYTES) != MAGIC) {
                    throw new IOException(file + " is no whole block");
                }
                table = bytes.get(LONG, foot);
                count = bytes.get(INT, foot + Long.BYTES);
            } catch (IOException | RuntimeException e) {
                arena.close();
                throw e;
            }
        }

        int count() {
            return count;
        }

        int id(int index) {
            return bytes.get(INT, table + (long) index * ENTRY);
        }

        /// The chunk of a place in the table; empty when it is damaged.
        byte[] chunk(int index) {
            long entry = table + (long) index * ENTRY;
            int place = bytes.get(INT, entry + Integer.BYTES);
            int length = bytes.get(INT, entry + 2 * Integer.BYTES);
            var chunk = bytes.asSlice(place, length).toArray(ValueLayout.JAVA_BYTE);
            if (Frames.checksum(chunk) != bytes.get(INT, entry + 3 * Integer.BYTES)) {
                LOG.warn("{} is damaged: what it has of series {} is left out", file, id(index));
                return new byte[Integer.BYTES];
            }
            return chunk;
        }

        private int find(int id, int from) {
            int low = from;
            int high = count - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int there = id(middle);
                if (there == id) {
                    return middle;
                }
                if (there < id) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return -low - 1;
        }

        /// What it has of a series, if anything; asked for by number in order.
        byte @Nullable [] chunkOf(int id) {
            int found = find(id, passed);
            passed = found >= 0 ? found + 1 : -found - 1;
            return found >= 0 ? chunk(found) : null;
        }

        /// Names of the files that went into it.
        List<String> made() {
            long foot = bytes.byteSize() - FOOT;
            int length = bytes.get(INT, foot + Long.BYTES + Integer.BYTES);
            var text = new String(
                    bytes.asSlice(foot - length, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
            return text.isEmpty() ? List.of() : new ArrayList<>(List.of(text.split("\n")));
        }

        void ids(BitSet into) {
            for (int i = 0; i < count; i++) {
                into.set(id(i));
            }
        }

        @Override
        public void close() {
            arena.close();
        }
    }

    Open open() throws IOException {
        return new Open();
    }
}
