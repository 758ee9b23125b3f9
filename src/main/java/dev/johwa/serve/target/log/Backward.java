package dev.johwa.serve.target.log;

import dev.johwa.lib.text.Piece;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/// Reads the lines of a file from the last to the first, in constant memory. A line longer than [#LONGEST] comes in
/// pieces. Used by one thread.
final class Backward implements AutoCloseable {
    private static final int LONGEST = 64 << 10;
    private static final int BLOCK = 2 * LONGEST;

    private final FileChannel channel;
    private final Times times;
    private final Merge.Wanted wanted;
    /// No line begins before it.
    private final long first;
    /// Whether what stands before it may have been the beginning of a line.
    private final boolean isTorn;
    /// Of the file: where the block begins.
    private long position;
    private byte[] block = {};
    /// Of the block: what comes after it was given.
    private int end;
    private Times.Span span = new Times.Span(0, 0, 0);

    /// @param end where to begin, the end of a line
    Backward(Printed printed, long end, Merge.Wanted wanted) {
        this.wanted = wanted;
        try {
            this.channel = FileChannel.open(printed.file(), StandardOpenOption.READ);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.times = printed.times();
        long freed = times.freed();
        // The byte before tells whether a line begins there.
        long since = wanted.since().map(times::start).orElse(0L) - 1;
        this.first = Math.max(0, Math.max(freed, since));
        this.isTorn = first > 0;
        this.position = Math.max(first, end);
    }

    /// The line before the last one given; empty at the beginning of the file, or of what is left or wanted of it.
    Optional<Line> next() {
        while (true) {
            var found = wanted.needle().isPresent() ? hit(wanted.needle().get()) : last();
            if (found.isPresent()) {
                return found;
            }
            if (position <= first) {
                return Optional.empty();
            }
            fill();
        }
    }

    private Optional<Line> last() {
        int lineEnd = end > 0 && block[end - 1] == '\n' ? end - 1 : end;
        int before = breakBefore(lineEnd);
        if (before >= 0) {
            return Optional.of(cut(before + 1, lineEnd));
        }
        if (position <= first) {
            return end == 0 || isTorn ? Optional.empty() : Optional.of(cut(0, lineEnd));
        }
        return lineEnd >= LONGEST ? Optional.of(piece(lineEnd)) : Optional.empty();
    }

    /// Passes over what does not contain it.
    private Optional<Line> hit(Needle needle) {
        int hit = needle.isIn(block, end) ? needle.lastIn(block, end) : -1;
        if (hit >= 0) {
            end = endOfLine(hit);
            return last();
        }
        int head = 0;
        while (head < end && block[head] != '\n') {
            head++;
        }
        // Of the first line, something may stand before the block.
        end = head;
        while (end > LONGEST) {
            var _ = piece(end);
        }
        return Optional.empty();
    }

    private int endOfLine(int place) {
        int i = place;
        while (i < end && block[i] != '\n') {
            i++;
        }
        return i;
    }

    private int breakBefore(int place) {
        int i = place - 1;
        while (i >= 0 && block[i] != '\n') {
            i--;
        }
        return i;
    }

    /// The end of a long line, of which more stands before.
    private Line piece(int lineEnd) {
        int from = lineEnd - LONGEST;
        int rest = Piece.ofEnd(Arrays.copyOfRange(block, from, lineEnd), wanted.cut())
                .rest()
                .length;
        return cut(from + rest, lineEnd);
    }

    private Line cut(int start, int lineEnd) {
        int length = lineEnd > start && block[lineEnd - 1] == '\r' ? lineEnd - 1 - start : lineEnd - start;
        var text = new String(block, start, length, StandardCharsets.UTF_8);
        long offset = position + start;
        end = start;
        if (!span.holds(offset)) {
            span = times.span(offset, wanted.now());
        }
        return new Line(offset, text, span.seen());
    }

    private void fill() {
        int count = (int) Math.min(BLOCK, position - first);
        var larger = ByteBuffer.allocate(count + end);
        larger.limit(count);
        try {
            while (larger.hasRemaining() && channel.read(larger, position - count + larger.position()) >= 0) {
                // until it is full
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        larger.limit(larger.capacity()).position(count).put(block, 0, end);
        block = larger.array();
        end = block.length;
        position -= count;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
