package dev.johwa.watch.telemetry.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Samples of an hour that is not in a block yet: packed in memory, and as they came in a log.
final class Head implements Closeable {
    private static final int VALUE = Integer.BYTES + Long.BYTES + Double.BYTES;

    private final Span span;
    private final Path file;
    private final FrameLog log;
    private final IntFunction<String> appOf;
    private final Map<Integer, Packer> packers = new HashMap<>();
    private final Map<String, Integer> ofApps = new HashMap<>();
    private byte[] buffer = new byte[1024];
    private long touched;

    /// A value of a series, by its number.
    record Numbered(int id, long at, double value) {}

    /// Opens the log and reads what is in it.
    ///
    /// @param appOf of a number
    /// @param came hears of each number and when its value came
    Head(Path folder, Span span, IntFunction<String> appOf, BiConsumer<Integer, Long> came) {
        this.span = span;
        this.appOf = appOf;
        this.file = folder.resolve(span.name());
        this.log = FrameLog.open(file, frame -> replay(frame, came));
    }

    /// Makes a log of those samples of it that are not after a moment.
    static void copyUntil(long until, Path file, Path part) throws IOException {
        Files.deleteIfExists(part);
        try (var kept = FrameLog.open(part, any -> {})) {
            FrameLog.open(file, frame -> copyUntil(until, frame, kept)).close();
            kept.force();
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copyUntil(long until, ByteBuffer frame, FrameLog to) {
        var kept = ByteBuffer.allocate(frame.remaining());
        for (; frame.remaining() >= VALUE; frame.position(frame.position() + VALUE)) {
            if (frame.getLong(frame.position() + Integer.BYTES) <= until) {
                kept.put(frame.slice(frame.position(), VALUE));
            }
        }
        if (kept.position() > 0) {
            to.append(kept.array(), kept.position());
        }
    }

    private void replay(ByteBuffer frame, BiConsumer<Integer, Long> came) {
        while (frame.remaining() >= VALUE) {
            int id = frame.getInt();
            long at = frame.getLong();
            add(new Numbered(id, at, frame.getDouble()));
            came.accept(id, at);
        }
    }

    private void add(Numbered point) {
        packers.computeIfAbsent(point.id(), this::begin).add(point.at(), point.value());
    }

    private Packer begin(int id) {
        ofApps.merge(appOf.apply(id), 1, Integer::sum);
        return new Packer(1);
    }

    Span span() {
        return span;
    }

    /// When something came last, in milliseconds since 1970.
    long touched() {
        return touched;
    }

    int series() {
        return packers.size();
    }

    boolean has(int id) {
        return packers.containsKey(id);
    }

    /// How many series it has of each app.
    Map<String, Integer> apps() {
        return ofApps;
    }

    /// Some series are of no app any more.
    void countAnew() {
        ofApps.clear();
        packers.keySet().forEach(id -> ofApps.merge(appOf.apply(id), 1, Integer::sum));
    }

    void append(List<Numbered> points, long now) {
        int length = points.size() * VALUE;
        if (buffer.length < length) {
            buffer = new byte[length];
        }
        var frame = ByteBuffer.wrap(buffer);
        for (var point : points) {
            frame.putInt(point.id()).putLong(point.at()).putDouble(point.value());
        }
        log.append(buffer, length);
        points.forEach(this::add);
        touched = now;
    }

    /// What it has of a series, packed.
    byte @Nullable [] chunk(int id) {
        var packer = packers.get(id);
        return packer == null ? null : packer.bytes();
    }

    /// All, by number in order.
    TreeMap<Integer, Packer> chunks() {
        return new TreeMap<>(packers);
    }

    /// Of its log, in bytes.
    long size() {
        return log.size();
    }

    boolean isEmpty() {
        return packers.isEmpty();
    }

    void delete() throws IOException {
        log.close();
        Files.deleteIfExists(file);
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
