package dev.johwa.watch.log.store;

import dev.johwa.watch.log.Chunk;
import dev.johwa.watch.log.LogKind;
import dev.johwa.watch.log.LogLine;
import dev.johwa.watch.log.LogSource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
        var whose = new Whose();
        lines.forEach(line -> whose.write(line, writer));
        return writer.bytes();
    }

    /// Whose a line is: most often the same as that of the line before.
    private static final class Whose {
        private String app = "";
        private String environment = "";
        private @Nullable LogSource source;
        private byte[] placed = {0, 0};
        private byte[] said = {};

        void write(LogLine line, ByteWriter writer) {
            if (!app.equals(line.app()) || !environment.equals(line.environment())) {
                app = line.app();
                environment = line.environment();
                placed = new ByteWriter(64).text(app).text(environment).bytes();
            }
            if (!line.source().equals(source)) {
                source = line.source();
                said = new ByteWriter(64).source(source).bytes();
            }
            writer.raw(placed).signed(LogLine.nanos(line.at())).raw(said);
            writer.text(line.text()).text(line.fields());
        }
    }

    /// Reads lines, and makes what is the same as in the line before once.
    private static final class Lines {
        private final byte[] bytes;
        private String app = "";
        private String environment = "";
        private byte[] placed = {0, 0};
        private @Nullable LogSource source;
        private byte[] said = {};

        Lines(byte[] bytes) {
            this.bytes = bytes;
        }

        LogLine read(ByteReader reader, long sequence) {
            if (!reader.passes(placed)) {
                int start = reader.at();
                app = reader.text();
                environment = reader.text();
                placed = Arrays.copyOfRange(bytes, start, reader.at());
            }
            var at = LogLine.instant(reader.signed());
            if (source == null || !reader.passes(said)) {
                int start = reader.at();
                source = reader.source();
                said = Arrays.copyOfRange(bytes, start, reader.at());
            }
            return new LogLine(sequence, at, app, environment, source, reader.text(), reader.text());
        }
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
        var all = new Lines(bytes);
        for (int i = 0; i < count; i++) {
            int start = reader.at();
            if (app != null && environment != null && !(reader.isText(app) & reader.isText(environment))) {
                pass(reader);
                continue;
            }
            reader.back(start);
            var line = all.read(reader, first + i);
            if (place == null || LogKind.of(line.source()) == place.kind()) {
                lines.accept(line);
            }
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
}
