package dev.johwa.watch.log.store;

import dev.johwa.lib.file.Frames;
import dev.johwa.watch.log.LogLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks through the blocks of a place, the newest first, several at a time; stops when nothing older is wanted.
final class Reading implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);
    private static final int MOST_AT_ONCE = 64;

    private final Segments segments;
    private final Sieve sieve;
    private final List<Found> found = new ArrayList<>();
    private final List<FileChannel> open = new ArrayList<>();

    /// A block that may hold what is looked for.
    private record Found(FileChannel file, BlockHead head) {}

    Reading(Segments segments, Sieve sieve) {
        this.segments = segments;
        this.sieve = sieve;
    }

    void into(Chosen chosen) throws IOException {
        for (var file : segments.files()) {
            find(file);
        }
        found.sort(Comparator.comparingLong((Found each) -> each.head().until()).reversed());
        int from = 0;
        for (int count = 1; from < found.size(); count = Math.min(2 * count, MOST_AT_ONCE)) {
            if (chosen.isBefore(found.get(from).head().until())) {
                return;
            }
            int to = Math.min(found.size(), from + count);
            found.subList(from, to).parallelStream()
                    .map(this::lines)
                    .toList()
                    .forEach(lines -> lines.forEach(chosen::add));
            from = to;
        }
    }

    private void find(Path file) throws IOException {
        var heads = segments.heads(file).stream().filter(sieve::mayHold).toList();
        if (heads.isEmpty()) {
            return;
        }
        try {
            var channel = FileChannel.open(file, StandardOpenOption.READ);
            open.add(channel);
            heads.parallelStream()
                    .filter(head -> !sieve.looksForText() || mayHold(channel, head))
                    .map(head -> new Found(channel, head))
                    .toList()
                    .forEach(found::add);
        } catch (NoSuchFileException e) {
            // It went, since it was over the budget.
        }
    }

    private boolean mayHold(FileChannel channel, BlockHead head) {
        return sieve.mayHold(bytes(channel, head.start(), head.grams()));
    }

    private static byte[] bytes(FileChannel file, long start, int length) {
        var bytes = ByteBuffer.allocate(length);
        try {
            Frames.fill(file, bytes, start);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.array();
    }

    private List<LogLine> lines(Found block) {
        var head = block.head();
        var packed = bytes(block.file(), head.start() + head.grams(), head.packed());
        var lines = new ArrayList<LogLine>();
        if (Frames.checksum(packed) != head.checksum()) {
            LOG.warn("a block of {} is damaged and left out", segments.place());
            return lines;
        }
        Block.lines(segments.place(), packed, head.raw(), sieve, lines::add);
        return lines;
    }

    @Override
    public void close() throws IOException {
        for (var channel : open) {
            channel.close();
        }
    }
}
