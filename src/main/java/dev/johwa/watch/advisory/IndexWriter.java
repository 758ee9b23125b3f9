package dev.johwa.watch.advisory;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes an [Index] of an [Export]: lines go to one of 256 files by a hash of their package, then each of these is
/// sorted in memory and appended. So a 256th of it is in memory at once, whatever the export has. Used by one thread.
final class IndexWriter implements Export.Reader {
    private static final int PARTS = 256;
    private static final int BUCKETS_OF_A_PART = Index.BUCKETS / PARTS;
    private static final int MOST_TOLD = 20;
    /// Of all lines together.
    static final long MOST_BYTES = 4L << 30;

    private final Path folder;
    private final AtomicInteger progress;
    private final List<DataOutputStream> parts = new ArrayList<>();
    private final TreeMap<String, Integer> counts = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private String modified = "";
    private int withdrawn;
    private int unread;
    private long bytes;

    /// @param folder for what is needed meanwhile
    /// @param progress counts advisories
    private IndexWriter(Path folder, AtomicInteger progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /// Makes it, or leaves what was there.
    static void write(Export export, Path index, AtomicInteger progress) throws IOException {
        var folder = index.resolveSibling("making");
        Trees.delete(folder);
        Files.createDirectories(folder);
        try {
            var writer = new IndexWriter(folder, progress);
            var fingerprint = export.fingerprint();
            writer.collect(export);
            var made = folder.resolve("index");
            writer.sort(made, fingerprint);
            Files.move(made, index, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Trees.delete(folder);
        }
    }

    private void collect(Export export) throws IOException {
        try {
            for (int part = 0; part < PARTS; part++) {
                parts.add(new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part(part)))));
            }
            export.read(this);
        } finally {
            for (var part : parts) {
                part.close();
            }
        }
    }

    private Path part(int number) {
        return folder.resolve(Integer.toString(number));
    }

    @Override
    public void advisory(String name, byte[] text) throws IOException {
        progress.incrementAndGet();
        AdvisoryReader.Read read;
        try {
            read = AdvisoryReader.read(text);
        } catch (ProblemException e) {
            unreadable(name, e.problem().message());
            return;
        }
        modified = read.modified().compareTo(modified) > 0 ? read.modified() : modified;
        withdrawn += read.isWithdrawn() ? 1 : 0;
        read.ecosystems().forEach(each -> counts.merge(each, 1, Integer::sum));
        for (var entry : read.entries().entrySet()) {
            put(entry.getKey(), entry.getValue());
        }
    }

    private void put(PackageKey key, Entry entry) throws IOException {
        var line = (key.text() + "\n" + Json.write(entry)).getBytes(StandardCharsets.UTF_8);
        bytes += line.length;
        if (bytes > MOST_BYTES) {
            throw Problem.user("osv.too-much", "the export says more than " + (MOST_BYTES >> 30) + " GiB of packages")
                    .hint("leave out ecosystems that no app uses")
                    .exception();
        }
        int bucket = Index.bucket(key.text());
        var part = parts.get(bucket / BUCKETS_OF_A_PART);
        part.writeShort(bucket);
        part.writeInt(line.length);
        part.write(line);
    }

    @Override
    public void unreadable(String name, String why) {
        unread++;
        if (problems.size() < MOST_TOLD) {
            problems.add(name + ": " + why.lines().findFirst().orElse(""));
        }
    }

    private record Line(int bucket, byte[] bytes) {}

    private void sort(Path made, String fingerprint) throws IOException {
        var facts = Json.bytes(new Facts(fingerprint, modified, counts, withdrawn, unread, problems));
        try (var out = FileChannel.open(made, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var head = ByteBuffer.allocate(Index.HEAD);
            head.putLong(Index.MAGIC).putInt(facts.length).flip();
            write(out, head, 0);
            write(out, ByteBuffer.wrap(facts), Index.HEAD);
            long table = Index.HEAD + facts.length;
            var starts = ByteBuffer.allocate((Index.BUCKETS + 1) * Long.BYTES);
            long at = table + starts.capacity();
            for (int part = 0; part < PARTS; part++) {
                var lines = lines(part(part));
                lines.sort(Comparator.comparingInt(Line::bucket));
                int next = 0;
                for (int bucket = part * BUCKETS_OF_A_PART; bucket < (part + 1) * BUCKETS_OF_A_PART; bucket++) {
                    starts.putLong(at);
                    for (; next < lines.size() && lines.get(next).bucket() == bucket; next++) {
                        at = append(out, lines.get(next).bytes(), at);
                    }
                }
                Files.delete(part(part));
            }
            starts.putLong(at).flip();
            write(out, starts, table);
            out.force(true);
        }
    }

    private static List<Line> lines(Path part) throws IOException {
        var lines = new ArrayList<Line>();
        try (var all = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(part)))) {
            while (true) {
                int bucket = all.readUnsignedShort();
                lines.add(new Line(bucket, all.readNBytes(all.readInt())));
            }
        } catch (EOFException e) {
            return lines;
        }
    }

    private static long append(FileChannel out, byte[] line, long at) throws IOException {
        var framed = ByteBuffer.allocate(Integer.BYTES + line.length);
        framed.putInt(line.length).put(line).flip();
        write(out, framed, at);
        return at + framed.capacity();
    }

    private static void write(FileChannel out, ByteBuffer bytes, long at) throws IOException {
        long place = at;
        while (bytes.hasRemaining()) {
            place += out.write(bytes, place);
        }
    }
}
