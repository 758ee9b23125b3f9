package dev.johwa.lib.process;

import dev.johwa.lib.text.Cut;
import dev.johwa.lib.text.Piece;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Reads a file that grows, line by line, in constant memory; what was read of a large one is given back to the disk,
/// and what comes faster than it can be told is left out, and that is told.
final class Tail {
    private static final int LONGEST_LINE = 64 << 10;
    private static final long FREED_AT_ONCE = 32L << 20;
    private static final long MOST_BEHIND = 64L << 20;
    private static final long KEPT_OF_IT = 1L << 20;

    private final Path file;
    private final Cut cut;
    private final Consumer<String> lines;
    private final byte[] buffer = new byte[16 << 10];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long position;
    private long freed;

    Tail(Path file, Cut cut, Consumer<String> lines) {
        this.file = file;
        this.cut = cut;
        this.lines = lines;
    }

    /// Reads what has come.
    void read() {
        try {
            long size = Files.size(file);
            if (size <= position) {
                return;
            }
            leaveOut(size);
            try (var input = new RandomAccessFile(file.toFile(), "r")) {
                input.seek(position);
                // Not beyond the size of before: a program that never stops printing must not keep us here.
                for (int count = input.read(buffer); count > 0; count = position < size ? input.read(buffer) : 0) {
                    position += count;
                    take(count);
                }
            }
            free();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void leaveOut(long size) {
        if (size - position <= MOST_BEHIND) {
            return;
        }
        long next = size - KEPT_OF_IT;
        line.reset();
        lines.accept("[" + ((next - position) >> 20) + " MiB left out: printed faster than it can be read]");
        position = next;
    }

    /// Reads to the end, a last line without its end too.
    void finish() {
        read();
        if (line.size() > 0) {
            tell();
        }
    }

    private void take(int count) {
        int start = 0;
        for (int i = 0; i < count; i++) {
            if (buffer[i] == '\n') {
                line.write(buffer, start, i - start);
                start = i + 1;
                tell();
            }
        }
        line.write(buffer, start, count - start);
        if (line.size() >= LONGEST_LINE) {
            tellPiece();
        }
    }

    /// What may be told of a long line by now; the rest waits for what follows.
    private void tellPiece() {
        var piece = Piece.ofBeginning(line.toByteArray(), cut);
        line.reset();
        line.writeBytes(piece.rest());
        if (!piece.text().isEmpty()) {
            lines.accept(piece.text());
        }
    }

    private void tell() {
        var text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }

    /// Punches a hole where it was read: the offsets stay, the blocks are free.
    private void free() throws IOException {
        if (position - freed < FREED_AT_ONCE) {
            return;
        }
        Holes.punch(file, position);
        freed = position;
    }
}
