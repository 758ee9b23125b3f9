package dev.johwa.serve.target.log;

import dev.johwa.serve.target.Instance;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/// One stream of one instance: the file that it appends to, and the times beside it.
///
/// @param stream `out` or `err`
/// @param ended whether nothing comes any more
public record Printed(Path file, String stream, Instance instance, boolean ended) {
    private static final int LONGEST_LINE = 64 << 10;

    public Times times() {
        return new Times(file.resolveSibling(stream + ".times"));
    }

    public long size() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    /// Bytes that it takes on the disk.
    public long kept() {
        return Math.max(0, size() - times().freed());
    }

    /// `ID/out`: the same before and after the instance has ended.
    public String name() {
        return instance.id() + "/" + stream;
    }

    /// Where the last line ends that begins in what was seen at a time or before.
    public long end(Instant time) {
        long last = end();
        long seen = Math.min(times().end(time), last);
        var block = ByteBuffer.allocate(LONGEST_LINE);
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.read(block, Math.max(0, seen - 1));
        } catch (IOException e) {
            return seen;
        }
        for (int i = 0; seen > 0 && i < block.position(); i++) {
            if (block.get(i) == '\n') {
                return Math.min(last, seen + i);
            }
        }
        return seen == 0 ? 0 : Math.min(last, seen - 1 + block.position());
    }

    /// Where its last complete line ends; the end of the file once nothing comes any more.
    public long end() {
        long size = size();
        if (ended) {
            return size;
        }
        var block = ByteBuffer.allocate((int) Math.min(LONGEST_LINE, size));
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.read(block, size - block.capacity());
        } catch (IOException e) {
            return size;
        }
        for (int i = block.position() - 1; i >= 0; i--) {
            if (block.get(i) == '\n') {
                return size - block.capacity() + i + 1;
            }
        }
        return block.capacity() < LONGEST_LINE ? 0 : size;
    }
}
