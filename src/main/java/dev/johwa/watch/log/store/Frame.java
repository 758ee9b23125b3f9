package dev.johwa.watch.log.store;

import dev.johwa.watch.log.Chunk;
import dev.johwa.watch.log.LogLine;
import dev.johwa.watch.log.LogSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is kept at once or not at all: lines, the chunk that brought them, and how far files were read for them.
///
/// @param first sequence of the first line; the others follow
/// @param read bytes of files that are in lines by now, by the name of the file
record Frame(long first, Optional<Chunk> chunk, Map<String, Long> read, byte[] bytes, int linesAt, int count) {

    static byte[] encode(long first, Optional<Chunk> chunk, Map<String, Long> read, List<LogLine> lines) {
        var writer = new ByteWriter(256 * lines.size());
        writer.signed(first).number(chunk.isPresent() ? 1 : 0);
        chunk.ifPresent(known -> writer.signed(known.high()).signed(known.low()));
        writer.number(read.size());
        read.forEach((name, end) -> writer.text(name).number(end));
        writer.number(lines.size());
        lines.forEach(line -> line(writer, line));
        return writer.bytes();
    }

    private static void line(ByteWriter writer, LogLine line) {
        var source = line.source();
        writer.text(line.app()).text(line.environment()).signed(LogLine.nanos(line.at()));
        writer.number(source.release()).text(source.process()).text(source.instance());
        writer.text(source.stream()).text(source.tag()).text(line.text()).text(line.fields());
    }

    static Frame decode(byte[] bytes) {
        var reader = new ByteReader(bytes, 0);
        long first = reader.signed();
        Optional<Chunk> chunk =
                reader.number() == 0 ? Optional.empty() : Optional.of(new Chunk(reader.signed(), reader.signed()));
        var read = new TreeMap<String, Long>();
        int files = reader.small();
        for (int i = 0; i < files; i++) {
            read.put(reader.text(), reader.number());
        }
        int count = reader.small();
        return new Frame(first, chunk, read, bytes, reader.at(), count);
    }

    /// Its lines; only those of one app where one is named.
    void lines(@Nullable Place place, Consumer<LogLine> lines) {
        var app = place == null ? null : place.app().getBytes(StandardCharsets.UTF_8);
        var environment = place == null ? null : place.environment().getBytes(StandardCharsets.UTF_8);
        var reader = new ByteReader(bytes, linesAt);
        for (int i = 0; i < count; i++) {
            int start = reader.at();
            if (app != null && environment != null && !(reader.isText(app) & reader.isText(environment))) {
                pass(reader);
                continue;
            }
            lines.accept(line(new ByteReader(bytes, start), first + i));
            if (app == null) {
                reader.skip();
                reader.skip();
            }
            pass(reader);
        }
    }

    /// Over what comes after app and environment.
    private static void pass(ByteReader reader) {
        reader.signed();
        reader.number();
        for (int i = 0; i < 6; i++) {
            reader.skip();
        }
    }

    private static LogLine line(ByteReader reader, long sequence) {
        var app = reader.text();
        var environment = reader.text();
        var at = LogLine.instant(reader.signed());
        var source = new LogSource(reader.small(), reader.text(), reader.text(), reader.text(), reader.text());
        return new LogLine(sequence, at, app, environment, source, reader.text(), reader.text());
    }
}
