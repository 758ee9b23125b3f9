package dev.johwa.watch.log.store;

import dev.johwa.lib.file.Frames;
import dev.johwa.lib.file.Whole;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.watch.log.LogKind;
import dev.johwa.watch.log.LogLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The blocks of one place: files `N.log`, to whose last one blocks are added. One writes; many may read.
final class Segments {
    private static final String END = ".log";
    private static final String LABEL = "place.json";

    private final Path folder;
    private final Place place;
    /// Of files as long as they were then.
    private final Map<Path, Heads> known = new ConcurrentHashMap<>();

    /// Heads of the blocks that end before a byte.
    private record Heads(long end, List<BlockHead> all) {}

    /// Of a folder.
    ///
    /// @param kind null for what apps say
    private record Label(
            String app, String environment, @Nullable String kind) {
        static Label of(Place place) {
            return new Label(place.app(), place.environment(), place.kind().word());
        }

        Place place() {
            return new Place(
                    app,
                    environment,
                    Optional.ofNullable(kind).flatMap(LogKind::of).orElse(LogKind.APP));
        }
    }

    Segments(Path folder, Place place) {
        this.folder = folder;
        this.place = place;
    }

    /// Of whose a folder is; empty where it does not say so.
    static Optional<Segments> of(Path folder) {
        try {
            return Optional.of(new Segments(
                    folder,
                    Json.read(Files.readAllBytes(folder.resolve(LABEL)), Label.class)
                            .place()));
        } catch (IOException | ProblemException e) {
            return Optional.empty();
        }
    }

    Place place() {
        return place;
    }

    /// Oldest first.
    List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(each -> each.getFileName().toString().endsWith(END))
                    .sorted((one, other) -> Long.compare(number(one), number(other)))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static long number(Path file) {
        var name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - END.length()));
    }

    long size() throws IOException {
        long size = 0;
        for (var file : files()) {
            size += Files.size(file);
        }
        return size;
    }

    /// @param largest bytes of a file, before another one is begun
    void add(long journal, List<LogLine> lines, long largest) throws IOException {
        Files.createDirectories(folder);
        if (!Files.exists(folder.resolve(LABEL))) {
            Whole.write(folder.resolve(LABEL), Json.bytes(Label.of(place)));
        }
        var files = files();
        var last = files.isEmpty() ? file(1) : files.getLast();
        long size = files.isEmpty() ? 0 : Files.size(last);
        var blocks = new ByteArrayOutputStream();
        int from = 0;
        while (from < lines.size()) {
            if (size + blocks.size() >= largest) {
                append(last, blocks);
                last = file(number(last) + 1);
                size = 0;
            }
            int to = end(lines, from);
            blocks.writeBytes(Block.pack(journal, lines.subList(from, to)));
            from = to;
        }
        append(last, blocks);
    }

    private Path file(long number) {
        return folder.resolve(number + END);
    }

    private static int end(List<LogLine> lines, int from) {
        long size = 0;
        int to = from;
        while (to < lines.size() && size < Block.LARGE) {
            size += lines.get(to).text().length() + lines.get(to).fields().length() + 1;
            to++;
        }
        return to;
    }

    /// What one file gets is forced to the disk together.
    private static void append(Path file, ByteArrayOutputStream blocks) throws IOException {
        if (blocks.size() == 0) {
            return;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.wrap(blocks.toByteArray());
            blocks.reset();
            long end = channel.size();
            while (buffer.hasRemaining()) {
                channel.write(buffer, end + buffer.position());
            }
            channel.force(true);
        }
    }

    /// Takes away what a crash left of a journal that is about to become blocks again.
    void forget(long journal) throws IOException {
        for (var file : files().reversed()) {
            var heads = heads(file);
            var first = heads.stream().filter(head -> head.journal() == journal).findFirst();
            long whole = heads.isEmpty() ? 0 : heads.getLast().end();
            long end = first.map(head -> head.start() - BlockHead.LENGTH).orElse(whole);
            if (end < Files.size(file)) {
                known.remove(file);
                cut(file, end);
            }
            if (end > 0) {
                return;
            }
        }
    }

    private static void cut(Path file, long end) throws IOException {
        if (end == 0) {
            Files.delete(file);
            return;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(end);
            channel.force(true);
        }
    }

    void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        known.remove(file);
    }

    /// Takes away a folder without blocks.
    void deleteEmpty() throws IOException {
        Files.deleteIfExists(folder.resolve(LABEL));
        Files.deleteIfExists(folder);
    }

    /// Of the whole blocks of a file.
    List<BlockHead> heads(Path file) throws IOException {
        var before = known.getOrDefault(file, new Heads(0, List.of()));
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size == before.end()) {
                return before.all();
            }
            var all = new ArrayList<>(before.all());
            long at = before.end();
            var bytes = ByteBuffer.allocate(BlockHead.LENGTH);
            while (at + BlockHead.LENGTH <= size) {
                Frames.fill(channel, bytes.clear(), at);
                var head = BlockHead.read(bytes, at);
                if (head == null || head.end() > size) {
                    break;
                }
                all.add(head);
                at = head.end();
            }
            known.put(file, new Heads(at, List.copyOf(all)));
            return all;
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
