package dev.johwa.lib.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Reads a file that grows, line by line, in constant memory; what was read of a large one is given back to the disk.
final class Tail {
    private static final int LONGEST_LINE = 64 << 10;
    private static final long FREED_AT_ONCE = 32L << 20;

    private final Path file;
    private final Consumer<String> lines;
    private final byte[] buffer = new byte[16 << 10];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long position;
    private long freed;

    Tail(Path file, Consumer<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /// Reads what has come.
    void read() {
        try {
            if (Files.size(file) <= position) {
                return;
            }
            try (var input = new RandomAccessFile(file.toFile(), "r")) {
                input.seek(position);
                for (int count = input.read(buffer); count > 0; count = input.read(buffer)) {
                    position += count;
                    take(count);
                }
            }
            free();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
            tell();
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
        var argv = java.util.List.of(
                "/usr/bin/fallocate", "-p", "-o", "0", "-l", String.valueOf(position), file.toString());
        try {
            new ProcessBuilder(argv)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        freed = position;
    }
}
