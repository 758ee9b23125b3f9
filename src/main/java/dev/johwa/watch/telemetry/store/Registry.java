package dev.johwa.watch.telemetry.store;

import dev.johwa.watch.telemetry.Kind;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Matcher;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which series there are. Each has a number that is never given again; the file has a frame for each.
final class Registry implements Closeable {
    private static final String NAME = "series";

    private final Path file;
    private final Map<Labels, Entry> byLabels = new LinkedHashMap<>();
    private final Map<Integer, Entry> byId = new HashMap<>();
    private final Map<String, List<Entry>> byMetric = new HashMap<>();
    /// The same words stand in many series.
    private final Map<String, String> words = new HashMap<>();
    private FrameLog log;
    private int next = 1;
    private boolean isForced = true;

    Registry(Path folder) {
        this.file = folder.resolve(NAME);
        this.log = FrameLog.open(file, frame -> put(read(frame)));
    }

    @Nullable
    Entry find(Labels labels) {
        return byLabels.get(labels);
    }

    @Nullable
    Entry find(int id) {
        return byId.get(id);
    }

    int size() {
        return byId.size();
    }

    Entry add(Labels labels, Kind kind) {
        var entry = new Entry(next, kind, shared(labels));
        write(entry, log);
        isForced = false;
        put(entry);
        return entry;
    }

    /// What is new is on the disk after this: before anything names its number.
    void force() {
        if (!isForced) {
            log.force();
            isForced = true;
        }
    }

    private void put(Entry entry) {
        next = Math.max(next, entry.id() + 1);
        if (entry.labels().map().isEmpty()) {
            // Only its number is taken.
            return;
        }
        byLabels.put(entry.labels(), entry);
        byId.put(entry.id(), entry);
        byMetric.computeIfAbsent(entry.labels().metric(), any -> new ArrayList<>())
                .add(entry);
    }

    private Labels shared(Labels labels) {
        var shared = new LinkedHashMap<String, String>();
        labels.map()
                .forEach((name, value) -> shared.put(
                        words.computeIfAbsent(name, any -> name), words.computeIfAbsent(value, any -> value)));
        return Labels.of(shared);
    }

    /// As if nothing had come yet.
    void beginAnew() {
        byId.values().forEach(Entry::beginAnew);
    }

    /// By number in order.
    List<Entry> matching(List<Matcher> matchers) {
        Optional<String> name = matchers.stream()
                .filter(each -> each.kind() == Matcher.Kind.EQUAL && each.name().equals(Labels.NAME))
                .map(Matcher::value)
                .findFirst();
        Collection<Entry> candidates =
                name.isPresent() ? byMetric.getOrDefault(name.get(), List.of()) : byLabels.values();
        return candidates.stream()
                .filter(entry -> matchers.stream().allMatch(each -> each.meets(entry.labels())))
                .sorted((a, b) -> Integer.compare(a.id(), b.id()))
                .toList();
    }

    /// Forgets the other series.
    ///
    /// @param share of the series at least, or it is not worth while: one in so many
    void keep(Predicate<Entry> kept, int share) throws IOException {
        long gone = byId.values().stream().filter(entry -> !kept.test(entry)).count();
        if (gone == 0 || gone * share < byId.size()) {
            return;
        }
        var part = file.resolveSibling(NAME + ".part");
        Files.deleteIfExists(part);
        try (var fresh = FrameLog.open(part, any -> {})) {
            for (var entry : byId.values()) {
                if (kept.test(entry)) {
                    write(entry, fresh);
                }
            }
            // The newest number stays taken, whatever became of its series.
            write(new Entry(next - 1, Kind.GAUGE, Labels.of(Map.of())), fresh);
            fresh.force();
        }
        log.close();
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        byLabels.clear();
        byId.clear();
        byMetric.clear();
        words.clear();
        log = FrameLog.open(file, frame -> put(read(frame)));
    }

    private static void write(Entry entry, FrameLog to) {
        var bytes = bytes(entry);
        to.append(bytes, bytes.length);
    }

    private static byte[] bytes(Entry entry) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(entry.id());
            out.writeByte(entry.kind().ordinal());
            out.writeInt(entry.labels().size());
            for (var label : entry.labels().map().entrySet()) {
                for (var word : List.of(label.getKey(), label.getValue())) {
                    var text = word.getBytes(StandardCharsets.UTF_8);
                    out.writeInt(text.length);
                    out.write(text);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private Entry read(ByteBuffer frame) {
        int id = frame.getInt();
        var kind = Kind.values()[frame.get()];
        int size = frame.getInt();
        var labels = new LinkedHashMap<String, String>();
        for (int i = 0; i < size; i++) {
            labels.put(word(frame), word(frame));
        }
        return new Entry(id, kind, Labels.of(labels));
    }

    private String word(ByteBuffer frame) {
        var text = new byte[frame.getInt()];
        frame.get(text);
        var word = new String(text, StandardCharsets.UTF_8);
        return words.computeIfAbsent(word, any -> word);
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
