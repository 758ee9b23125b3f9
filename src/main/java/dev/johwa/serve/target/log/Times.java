package dev.johwa.serve.target.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.function.Predicate;

/// When the bytes of a file were seen: a file of pairs of two longs, `end` and `nanos`, ordered by `end`; the bytes
/// before `end`, and not before the end of the pair before, were seen at `nanos` since 1970. A negative time marks a
/// gap: nobody looked, they were printed at that time at the latest. A time of 0 marks bytes that were freed.
public final class Times {
    private static final int PAIR = 16;
    private static final long NANOS = 1_000_000_000L;

    private final Path file;

    public Times(Path file) {
        this.file = file;
    }

    /// When a byte was seen.
    ///
    /// @param gap whether it may have been printed long before
    public record Seen(Instant at, boolean gap) {}

    /// A pair, and where the bytes that it speaks of begin.
    record Span(long start, long end, long nanos) {
        boolean holds(long offset) {
            return start <= offset && offset < end;
        }

        Seen seen() {
            long value = Math.abs(nanos);
            return new Seen(Instant.ofEpochSecond(value / NANOS, value % NANOS), nanos < 0);
        }
    }

    /// Bytes up to this offset have a time.
    public long end() {
        return lastPair(0);
    }

    /// Bytes up to this offset were freed.
    public long freed() {
        try (var channel = open()) {
            return channel.size() >= PAIR && pair(channel, 0).getLong(8) == 0
                    ? pair(channel, 0).getLong(0)
                    : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private long lastPair(int at) {
        try (var channel = open()) {
            long count = channel.size() / PAIR;
            return count == 0 ? 0 : pair(channel, count - 1).getLong(at);
        } catch (IOException e) {
            return 0;
        }
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    private static ByteBuffer pair(FileChannel channel, long index) throws IOException {
        var buffer = ByteBuffer.allocate(PAIR);
        channel.read(buffer, index * PAIR);
        return buffer;
    }

    /// The bytes up to `end` are there now.
    public void add(long end, Instant now, boolean gap) {
        long nanos = nanos(now);
        var pair = ByteBuffer.allocate(PAIR).putLong(end).putLong(gap ? -nanos : nanos);
        try {
            Files.write(file, pair.array(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Forgets the times of bytes that were freed.
    public void free(long end) {
        var part = file.resolveSibling(file.getFileName() + ".part");
        try (var channel = open();
                var out = FileChannel.open(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.allocate(PAIR).putLong(end).putLong(0).flip());
            channel.transferTo(find(channel, end) * PAIR, Long.MAX_VALUE, out);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where the bytes begin that were seen at a time or later.
    long start(Instant time) {
        return endOfPair(pair -> nanos(pair) >= nanos(time));
    }

    /// Where the bytes end that were seen at a time or before.
    long end(Instant time) {
        return endOfPair(pair -> nanos(pair) > nanos(time));
    }

    /// The end of the pair before the first one of this kind.
    private long endOfPair(Predicate<ByteBuffer> isFound) {
        try (var channel = open()) {
            long index = find(channel, isFound);
            return index == 0 ? 0 : pair(channel, index - 1).getLong(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static long nanos(ByteBuffer pair) {
        return Math.abs(pair.getLong(8));
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * NANOS + time.getNano();
    }

    /// The first pair whose end lies behind the offset.
    private static long find(FileChannel channel, long offset) throws IOException {
        return find(channel, pair -> pair.getLong(0) > offset);
    }

    /// The first pair of this kind, where all after it are too.
    private static long find(FileChannel channel, Predicate<ByteBuffer> isFound) throws IOException {
        long low = 0;
        long high = channel.size() / PAIR;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (isFound.test(pair(channel, middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// The span that holds an offset; bytes that are too new to have a time were seen `now`.
    Span span(long offset, Instant now) {
        long present = nanos(now);
        if (!Files.exists(file)) {
            return new Span(0, Long.MAX_VALUE, present);
        }
        try (var channel = open()) {
            long index = find(channel, offset);
            long start = index == 0 ? 0 : pair(channel, index - 1).getLong(0);
            if (index >= channel.size() / PAIR) {
                return new Span(start, Long.MAX_VALUE, present);
            }
            var pair = pair(channel, index);
            return new Span(start, pair.getLong(0), pair.getLong(8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
