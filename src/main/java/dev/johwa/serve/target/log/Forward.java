package dev.johwa.serve.target.log;

import dev.johwa.lib.text.Cut;
import dev.johwa.lib.text.Piece;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Reads the lines that come to a file, a bounded lot at a time. Used by one thread.
final class Forward {
    private static final int LOT = 256 << 10;
    private static final int LONGEST_LINE = 64 << 10;

    private final Cut cut;
    private final ByteArrayOutputStream carry = new ByteArrayOutputStream();
    private long position;
    private Times.Span span = new Times.Span(0, 0, 0);

    /// @param start where to begin, the start of a line
    Forward(long start, Cut cut) {
        this.position = start;
        this.cut = cut;
    }

    /// The lines that are complete by now; call again until there is none.
    ///
    /// @param printed the same file each time, wherever it lies by now
    List<Line> next(Printed printed, Instant now) {
        var times = printed.times();
        var bytes = read(printed.file(), times.freed());
        var lines = new ArrayList<Line>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                carry.write(bytes, start, i - start);
                start = i + 1;
                lines.add(cut(times, position - bytes.length + i, now));
            }
        }
        carry.write(bytes, start, bytes.length - start);
        boolean isLast = printed.ended() && bytes.length == 0 && carry.size() > 0;
        if (isLast) {
            lines.add(cut(times, position, now));
        } else if (carry.size() >= LONGEST_LINE) {
            lines.add(piece(times, now));
        }
        return lines;
    }

    /// Where what was told ends.
    long told() {
        return position - carry.size();
    }

    /// What may be told of a long line by now; the rest waits for what follows.
    private Line piece(Times times, Instant now) {
        var piece = Piece.ofBeginning(carry.toByteArray(), cut);
        carry.reset();
        carry.writeBytes(piece.text().getBytes(StandardCharsets.UTF_8));
        var line = cut(times, position - piece.rest().length, now);
        carry.writeBytes(piece.rest());
        return line;
    }

    private Line cut(Times times, long end, Instant now) {
        var text = carry.toString(StandardCharsets.UTF_8);
        long offset = end - carry.size();
        carry.reset();
        var plain = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        if (!span.holds(offset) || span.end() == Long.MAX_VALUE) {
            span = times.span(offset, now);
        }
        return new Line(offset, plain, span.seen());
    }

    private byte[] read(Path file, long freed) {
        try (var input = new RandomAccessFile(file.toFile(), "r")) {
            position = Math.max(position, freed);
            input.seek(position);
            var bytes = new byte[(int) Math.min(LOT, Math.max(0, input.length() - position))];
            input.readFully(bytes);
            position += bytes.length;
            return bytes;
        } catch (FileNotFoundException e) {
            // It has just ended: the next look finds it in its new place.
            return new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
