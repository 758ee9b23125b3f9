package dev.johwa.serve.router.proxy;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import dev.johwa.lib.http.AcceptedCodings;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.proxy.SiteFile.Copy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compressed copies of files of sites: each is made once, beside the event loops, and kept as a file within a budget,
/// so that neither memory nor the processor pays for every answer. Safe for use by many threads.
public final class Compressed {
    private static final Logger LOG = LoggerFactory.getLogger(Compressed.class);
    /// Below, the head outweighs what is won.
    private static final long SMALLEST = 860;
    private static final long LARGEST = 32L << 20;
    private static final int BROTLI_QUALITY = 6;

    private static final int MOST_WAITING = 64;

    private final Path folder;
    private final long budget;
    private final Tasks tasks;
    private final Semaphore one = new Semaphore(1);
    private final Map<String, CompletableFuture<Copy>> making = new ConcurrentHashMap<>();

    /// @param budget bytes of all copies together; the oldest make room
    public Compressed(Path folder, long budget, Tasks tasks) {
        this.folder = folder;
        this.budget = budget;
        this.tasks = tasks;
    }

    /// The copy, as soon as it is there; the file as it is when that is not larger or no copy can be made.
    CompletableFuture<Copy> copy(SiteFile file, AcceptedCodings accepted) {
        var plain = CompletableFuture.completedFuture(file.asItIs());
        boolean isWorth = file.size() >= SMALLEST
                && file.size() <= LARGEST
                && (accepted.brotli() || accepted.gzip())
                && ContentTypes.isCompressible(file.name());
        if (!isWorth || making.size() >= MOST_WAITING) {
            return plain;
        }
        var name = name(file) + (accepted.brotli() ? ".br" : ".gz");
        return making.computeIfAbsent(name, key -> {
            var made = tasks.call("compress", () -> make(file, accepted, folder.resolve(key)));
            made.whenComplete((copy, failure) -> making.remove(key));
            return made;
        });
    }

    private static String name(SiteFile file) {
        var key = file.file() + " " + file.mark();
        return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private Copy make(SiteFile file, AcceptedCodings accepted, Path copy) throws InterruptedException {
        one.acquire();
        try {
            boolean isBrotli = accepted.brotli() && Brotli4jLoader.isAvailable();
            if (!isBrotli && !accepted.gzip()) {
                return file.asItIs();
            }
            if (!Files.exists(copy)) {
                write(file.file(), isBrotli, copy);
                makeRoom();
            }
            long size = Files.size(copy);
            return size < file.size() ? new Copy(copy, size, isBrotli ? "br" : "gzip") : file.asItIs();
        } catch (IOException e) {
            LOG.warn("{} could not be compressed: {}; it is served as it is", file.file(), e.toString());
            return file.asItIs();
        } finally {
            one.release();
        }
    }

    private void write(Path file, boolean isBrotli, Path copy) throws IOException {
        Files.createDirectories(folder);
        var part = Files.createTempFile(folder, "part", "");
        try {
            compress(file, isBrotli, part);
            Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void compress(Path from, boolean isBrotli, Path to) throws IOException {
        try (var out = compressing(Files.newOutputStream(to), isBrotli)) {
            Files.copy(from, out);
        }
    }

    private static OutputStream compressing(OutputStream out, boolean isBrotli) throws IOException {
        if (!isBrotli) {
            return new GZIPOutputStream(out, 64 << 10);
        }
        return new BrotliOutputStream(out, new Encoder.Parameters().setQuality(BROTLI_QUALITY), 64 << 10);
    }

    private synchronized void makeRoom() throws IOException {
        try (var all = Files.list(folder)) {
            var copies = all.map(Kept::of)
                    .sorted(Comparator.comparingLong(Kept::modified))
                    .toList();
            long sum = copies.stream().mapToLong(Kept::size).sum();
            for (var copy : copies) {
                if (sum <= budget) {
                    return;
                }
                Files.deleteIfExists(copy.file());
                sum -= copy.size();
            }
        }
    }

    private record Kept(Path file, long size, long modified) {
        static Kept of(Path file) {
            var read = file.toFile();
            return new Kept(file, read.length(), read.lastModified());
        }
    }
}
