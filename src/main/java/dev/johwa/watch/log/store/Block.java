package dev.johwa.watch.log.store;

import com.github.luben.zstd.Zstd;
import dev.johwa.lib.file.Frames;
import dev.johwa.watch.log.LogLine;
import dev.johwa.watch.log.LogSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Some hundred lines of one place, compressed together: first what all lines have beside their texts, then the texts,
/// then the fields. A text is looked for among the texts before anything else of them is read.
final class Block {
    /// Bytes of texts and fields, before another block begins.
    static final int LARGE = 256 << 10;

    private static final int LEVEL = 3;
    private static final int HEAD = 8;
    private static final byte[] END_OF_LINE = {'\n'};

    private Block() {}

    /// A block of lines in the order of their sequence.
    static byte[] pack(long journal, List<LogLine> lines) {
        var beside = new ByteWriter(16 * lines.size());
        var sources = new Sources(lines);
        beside.number(lines.size());
        sources.write(beside);
        var texts = new ByteWriter(LARGE);
        var fields = new ByteWriter(1024);
        long sequence = 0;
        long time = 0;
        for (var line : lines) {
            long nanos = LogLine.nanos(line.at());
            var text = line.text().getBytes(StandardCharsets.UTF_8);
            var more = line.fields().getBytes(StandardCharsets.UTF_8);
            beside.signed(line.sequence() - sequence).signed(nanos - time);
            beside.number(sources.number(line.source()));
            beside.number(text.length).number(more.length);
            texts.raw(text).raw(END_OF_LINE);
            fields.raw(more);
            sequence = line.sequence();
            time = nanos;
        }
        return sealed(journal, lines, List.of(beside.bytes(), texts.bytes(), fields.bytes()));
    }

    /// Who said the lines, by numbers. Most lines have the source of the one before.
    private static final class Sources {
        private final Map<LogSource, Integer> numbers = new LinkedHashMap<>();
        private @Nullable LogSource last;
        private int lastNumber;

        Sources(List<LogLine> lines) {
            lines.forEach(line -> number(line.source()));
        }

        int number(LogSource source) {
            if (!source.equals(last)) {
                Integer known = numbers.putIfAbsent(source, numbers.size());
                last = source;
                lastNumber = known == null ? numbers.size() - 1 : known;
            }
            return lastNumber;
        }

        void write(ByteWriter beside) {
            beside.number(numbers.size());
            numbers.keySet().forEach(beside::source);
        }
    }

    private static byte[] sealed(long journal, List<LogLine> lines, List<byte[]> parts) {
        var grams = new Grams();
        parts.subList(1, parts.size()).forEach(part -> grams.add(part, 0, part.length));
        int length = HEAD + parts.stream().mapToInt(part -> part.length).sum();
        var raw = ByteBuffer.allocate(length).putInt(parts.get(0).length).putInt(parts.get(1).length);
        parts.forEach(raw::put);
        var packed = Zstd.compress(raw.array(), LEVEL);
        var gramBytes = grams.bytes();
        var times = lines.stream().mapToLong(line -> LogLine.nanos(line.at())).summaryStatistics();
        var releases = lines.stream().mapToInt(line -> line.source().release()).summaryStatistics();
        return new BlockHead(
                        0,
                        journal,
                        lines.getFirst().sequence(),
                        lines.getLast().sequence(),
                        times.getMin(),
                        times.getMax(),
                        releases.getMin(),
                        releases.getMax(),
                        gramBytes.length,
                        packed.length,
                        length,
                        Frames.checksum(packed))
                .bytes(gramBytes, packed);
    }

    /// The lines of a block that a sieve lets through.
    static void lines(Place place, byte[] packed, int rawLength, Sieve sieve, Consumer<LogLine> lines) {
        var raw = Zstd.decompress(packed, rawLength);
        var head = ByteBuffer.wrap(raw);
        int textsAt = HEAD + head.getInt(0);
        int fieldsAt = textsAt + head.getInt(4);
        if (sieve.mayBeAmong(raw, textsAt, fieldsAt)) {
            new Opened(place, raw, textsAt, fieldsAt).tell(sieve, lines);
        }
    }

    /// What is read of one.
    private record Opened(Place place, byte[] raw, int textsAt, int fieldsAt) {
        void tell(Sieve sieve, Consumer<LogLine> lines) {
            var reader = new ByteReader(raw, HEAD);
            int count = reader.small();
            var sources = sources(reader);
            long sequence = 0;
            long nanos = 0;
            int text = textsAt;
            int more = fieldsAt;
            for (int i = 0; i < count; i++) {
                sequence += reader.signed();
                nanos += reader.signed();
                var source = sources.get(reader.small());
                int length = reader.small();
                int fields = reader.small();
                if (sieve.mayWant(sequence, nanos, source)
                        && sieve.mayBeIn(
                                raw, new Sieve.Span(text, text + length), new Sieve.Span(more, more + fields))) {
                    var line = new LogLine(
                            sequence,
                            LogLine.instant(nanos),
                            place.app(),
                            place.environment(),
                            source,
                            new String(raw, text, length, StandardCharsets.UTF_8),
                            new String(raw, more, fields, StandardCharsets.UTF_8));
                    if (sieve.wants(line)) {
                        lines.accept(line);
                    }
                }
                text += length + 1;
                more += fields;
            }
        }

        private static List<LogSource> sources(ByteReader reader) {
            int count = reader.small();
            var sources = new ArrayList<LogSource>(count);
            for (int i = 0; i < count; i++) {
                sources.add(reader.source());
            }
            return sources;
        }
    }

    /// Lines by their places, in the order that they came.
    static void add(Map<Place, List<LogLine>> all, LogLine line) {
        all.computeIfAbsent(Place.of(line), place -> new ArrayList<>()).add(line);
    }
}
