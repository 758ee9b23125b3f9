package dev.johwa.serve.target.log;

import dev.johwa.lib.text.Cut;
import dev.johwa.lib.text.Piece;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// Reads the lines of a file from the last to the first, in constant memory. A line longer than a block comes in
/// pieces. Used by one thread.
final class Backward implements AutoCloseable {
    private static final int BLOCK = 64 << 10;

    private final FileChannel channel;
    private final Times times;
    private final Cut cut;
    private final Instant now;
    private final long first;
    private long position;
    private byte[] carry = {};
    private Times.Span span = new Times.Span(0, 0, 0);

    /// @param end where to begin, the end of a line
    /// @param now the time of what has none yet
    /// @param cut where long lines may be cut
    Backward(Printed printed, long end, Instant now, Cut cut) {
        this.cut = cut;
        try {
            this.channel = FileChannel.open(printed.file(), StandardOpenOption.READ);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.times = printed.times();
        this.now = now;
        this.first = times.freed();
        this.position = end;
    }

    /// The line before the last one given; empty at the beginning of the file, or of what is left of it.
    Optional<Line> next() {
        while (true) {
            int end = carry.length > 0 && carry[carry.length - 1] == '\n' ? carry.length - 1 : carry.length;
            int before = lastBreak(end);
            if (before >= 0) {
                return Optional.of(cut(before + 1, end));
            }
            if (position <= first) {
                // What was freed may have taken the beginning of this line with it: then it is no line.
                return carry.length == 0 || first > 0 ? Optional.empty() : Optional.of(cut(0, end));
            }
            if (carry.length >= BLOCK) {
                int start = Piece.ofEnd(Arrays.copyOf(carry, end), cut).rest().length;
                return Optional.of(cut(start, end));
            }
            fill();
        }
    }

    private int lastBreak(int end) {
        int i = end - 1;
        while (i >= 0 && carry[i] != '\n') {
            i--;
        }
        return i;
    }

    private Line cut(int start, int end) {
        int length = end > start && carry[end - 1] == '\r' ? end - 1 - start : end - start;
        var text = new String(carry, start, length, StandardCharsets.UTF_8);
        long offset = position + start;
        carry = Arrays.copyOf(carry, start);
        if (!span.holds(offset)) {
            span = times.span(offset, now);
        }
        return new Line(offset, text, span.seen());
    }

    private void fill() {
        int count = (int) Math.min(BLOCK, position - first);
        var block = ByteBuffer.allocate(count + carry.length);
        block.limit(count);
        try {
            while (block.hasRemaining() && channel.read(block, position - count + block.position()) >= 0) {
                // until it is full
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        block.limit(block.capacity()).position(count).put(carry);
        carry = block.array();
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
