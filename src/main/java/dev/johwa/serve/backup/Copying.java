package dev.johwa.serve.backup;

import dev.johwa.serve.backup.Part.Change;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Copies parts of the data folder into pieces. What programs write in as they please is gone through again until
/// nothing was changed meanwhile, so that files that belong together (a database and its journal) fit together.
final class Copying {
    private static final int MOST_ROUNDS = 30;
    /// Within it, times of files may not tell a second change.
    private static final Duration TICK = Duration.ofMillis(20);

    private final BackupPorts ports;
    private final Chunks chunks;
    private final Known known;
    private final Map<String, Entry> entries = new TreeMap<>();
    private final List<String> warnings = new ArrayList<>();
    /// One for all: most files are small.
    private final ByteBuffer buffer = ByteBuffer.allocate(Chunks.SIZE);

    Copying(BackupPorts ports, Chunks chunks, Known known) {
        this.ports = ports;
        this.chunks = chunks;
        this.known = known;
    }

    List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    List<String> warnings() {
        return warnings;
    }

    void copy(Part part) {
        var found = round(part);
        if (part.change() == Change.FREELY) {
            int rounds = 1;
            while (found.changed && rounds < MOST_ROUNDS) {
                // Short, so that a round fits between two writes.
                ports.clock().pause(TICK.multipliedBy(2));
                found = round(part);
                rounds++;
            }
            if (found.changed) {
                warnings.add(part.path() + " was written to all the time: what is in it may not fit together");
            }
        }
        entries.putAll(found.entries);
    }

    /// Under another name than it has.
    void copy(Path file, String path) {
        var round = new Round(Change.WHOLE);
        new Walk(file.resolveSibling(""), round)
                .through(new Part(file.getFileName().toString(), Change.WHOLE));
        round.entries.values().forEach(entry -> entries.put(path, entry.at(path)));
    }

    private Round round(Part part) {
        var round = new Round(part.change());
        new Walk(ports.data(), round).through(part);
        return round;
    }

    private final class Round implements Walk.Visitor {
        private final Change change;
        private final Map<String, Entry> entries = new HashMap<>();
        private boolean changed;

        private Round(Change change) {
            this.change = change;
        }

        @Override
        public void other(Entry entry) {
            entries.put(entry.path(), entry);
        }

        @Override
        public void file(Entry entry, String mark, Walk.Opener opener) throws IOException {
            if (isHalf(entry.path())) {
                return;
            }
            var meaning = change == Change.NEVER ? String.valueOf(entry.size()) : mark;
            var seen = known.of(entry.path(), meaning)
                    .filter(before -> before.chunks().stream().allMatch(chunks::has));
            if (seen.isEmpty()) {
                changed = true;
                seen = Optional.of(read(meaning, opener));
            }
            entries.put(
                    entry.path(), entry.holding(seen.get().size(), seen.get().chunks()));
            boolean mayChangeUnseen = change == Change.FREELY
                    && entry.modified().plus(TICK).isAfter(ports.clock().now());
            if (!mayChangeUnseen) {
                known.remember(entry.path(), seen.get());
            }
        }

        private Known.Seen read(String mark, Walk.Opener opener) throws IOException {
            var digests = new ArrayList<String>();
            long size = 0;
            try (var channel = opener.open()) {
                for (var piece = next(channel); piece.length > 0; piece = next(channel)) {
                    var digest = Chunks.digest(piece);
                    chunks.put(digest, piece);
                    digests.add(digest);
                    size += piece.length;
                }
            }
            return new Known.Seen(mark, size, List.copyOf(digests));
        }
    }

    /// What somebody was about to write, under a name of its own.
    private static boolean isHalf(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        return path.startsWith("git/")
                && (name.endsWith(".lock") || name.startsWith("tmp_") || name.startsWith("incoming"));
    }

    private byte[] next(SeekableByteChannel channel) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // Until it is full or the file is over.
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
