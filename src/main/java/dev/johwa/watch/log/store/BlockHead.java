package dev.johwa.watch.log.store;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What is known of a block without opening it: the bytes before it.
///
/// @param start of its first byte behind the head, in the file
/// @param journal from which its lines came
/// @param first and last sequence
/// @param from and until, in nanoseconds since 1970
/// @param lowest and highest release
/// @param grams bytes of [Grams], then follow the packed ones
/// @param raw bytes of what was packed
/// @param checksum of the packed bytes
record BlockHead(
        long start,
        long journal,
        long first,
        long last,
        long from,
        long until,
        int lowest,
        int highest,
        int grams,
        int packed,
        int raw,
        int checksum) {
    static final int LENGTH = 72;

    private static final int MAGIC = 0x4A4C4231;
    private static final int LARGEST = 64 << 20;

    long end() {
        return start + grams + packed;
    }

    byte[] bytes(byte[] gramBytes, byte[] packedBytes) {
        return ByteBuffer.allocate(LENGTH + grams + packed)
                .putInt(MAGIC)
                .putLong(journal)
                .putLong(first)
                .putLong(last)
                .putLong(from)
                .putLong(until)
                .putInt(lowest)
                .putInt(highest)
                .putInt(grams)
                .putInt(packed)
                .putInt(raw)
                .putInt(checksum)
                .putInt(0)
                .put(gramBytes)
                .put(packedBytes)
                .array();
    }

    /// @return null where none begins there
    static @Nullable BlockHead read(ByteBuffer head, long place) {
        var found = new BlockHead(
                place + LENGTH,
                head.getLong(4),
                head.getLong(12),
                head.getLong(20),
                head.getLong(28),
                head.getLong(36),
                head.getInt(44),
                head.getInt(48),
                head.getInt(52),
                head.getInt(56),
                head.getInt(60),
                head.getInt(64));
        return head.getInt(0) == MAGIC && found.isSensible() ? found : null;
    }

    private boolean isSensible() {
        return 0 < grams && grams <= LARGEST && 0 < packed && packed <= LARGEST && 0 < raw && raw <= LARGEST;
    }
}
