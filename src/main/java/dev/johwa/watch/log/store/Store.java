package dev.johwa.watch.log.store;

import dev.johwa.lib.clock.Clock;
import dev.johwa.watch.log.Chunk;
import dev.johwa.watch.log.LogKind;
import dev.johwa.watch.log.LogLine;
import dev.johwa.watch.log.LogSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lines on the disk. Safe for use by many threads.
///
/// Lines are added to a journal; a full one becomes blocks of each place, and goes. Readers look into journals first:
/// what becomes blocks meanwhile is seen twice, never missed, and told once.
public final class Store implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final long LARGEST_RESERVE = 64L << 20;
    private static final long LARGEST_JOURNAL = 2L << 20;
    /// Part of the budget that the journal may have.
    private static final int SHARE = 8;
    private static final long MICROS = 1_000L;

    private final Path folder;
    private final long full;
    /// Bytes of the budget that journals may need before blocks are counted again.
    private final long reserve;
    private final ReentrantLock writing = new ReentrantLock();
    private final Sealing sealing;
    private final Chunks chunks;
    private final Map<String, Long> read = new TreeMap<>();
    private Journal journal;
    private volatile long sequence;

    private Store(Path folder, Clock clock, long budget) throws IOException {
        this.folder = folder;
        this.full = Math.clamp(budget / SHARE, 64L << 10, LARGEST_JOURNAL);
        this.reserve = Math.max(2 * full, Math.min(LARGEST_RESERVE, budget / 4));
        this.sealing = new Sealing(folder.resolve("apps"), budget);
        this.chunks = new Chunks(folder.resolve("chunks"));
        // Larger than any that was used, since fewer than one a microsecond are.
        this.sequence = LogLine.nanos(clock.now()) / MICROS;
        long number = 0;
        for (var file : Journal.all(folder)) {
            number = Journal.number(file);
            Journal.read(file, this::remember);
        }
        this.journal = Journal.create(folder, number + 1);
        carry();
        sealAllBut(journal.file());
    }

    /// Opens it, and finishes what a crash interrupted.
    ///
    /// @param budget bytes that it may take
    public static Store open(Path folder, Clock clock, long budget) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return new Store(folder, clock, budget);
    }

    private void remember(Frame frame) {
        frame.chunk().ifPresent(chunks::add);
        read.putAll(frame.read());
        sequence = Math.max(sequence, frame.first() + frame.count());
    }

    /// Returns when the lines are on the disk.
    ///
    /// @param chunk that brought them: if it was kept before, nothing is added
    /// @param files how far files were read for them, kept with them
    /// @throws IOException when they could not be written: then none of them is kept
    public void add(List<LogLine> lines, Optional<Chunk> chunk, Map<String, Long> files) throws IOException {
        Journal written;
        long end;
        writing.lock();
        try {
            written = journal;
            if (chunk.isEmpty() || !chunks.has(chunk.get())) {
                journal.write(Frame.encode(sequence + 1, chunk, files, lines));
                sequence = sequence + lines.size();
                chunk.ifPresent(chunks::add);
                read.putAll(files);
            }
            end = journal.size();
            if (end >= full) {
                turn();
            }
        } finally {
            writing.unlock();
        }
        written.force(end);
    }

    /// Begins another journal and makes blocks of this one. Where that fails, the next turn does it.
    private void turn() throws IOException {
        var before = journal;
        before.force(before.size());
        journal = Journal.create(folder, Journal.number(before.file()) + 1);
        carry();
        before.close();
        try {
            sealAllBut(journal.file());
        } catch (IOException e) {
            LOG.warn("lines stay in journals for now: {}", e.toString());
        }
    }

    /// How far files were read is known from the newest journal alone.
    private void carry() throws IOException {
        if (!read.isEmpty()) {
            journal.write(Frame.encode(sequence + 1, Optional.empty(), read, List.of()));
            journal.force(journal.size());
        }
    }

    private void sealAllBut(Path newest) throws IOException {
        for (var file : Journal.all(folder)) {
            if (!file.equals(newest)) {
                chunks.keep(sealing.seal(file));
                Files.delete(file);
            }
        }
        sealing.hold(reserve);
    }

    /// How far a file was read for the lines that are kept.
    public Optional<Long> read(String file) {
        writing.lock();
        try {
            return Optional.ofNullable(read.get(file));
        } finally {
            writing.unlock();
        }
    }

    /// Takes away the lines of an app; of its whole project, runs too, where that is all of it.
    public void forgetApp(String app, boolean isProject) throws IOException {
        writing.lock();
        try {
            turn();
            if (Journal.all(folder).size() > 1) {
                throw new IOException("lines of " + app + " may lie in journals still");
            }
            sealing.forget(place -> isProject
                    ? place.app().equals(app) || place.app().startsWith(app + "/")
                    : place.app().equals(app) && place.kind() != LogKind.BUILD);
        } finally {
            writing.unlock();
        }
    }

    /// What is known of a file is of no use any more.
    public void forget(String file) {
        writing.lock();
        try {
            read.remove(file);
        } finally {
            writing.unlock();
        }
    }

    /// The newest lines that are wanted, oldest first.
    public List<LogLine> find(LogSearch search) throws IOException {
        return find(search, Chosen.newest(search.limit()));
    }

    /// The oldest so many lines that are wanted, oldest first.
    public List<LogLine> first(LogSearch search) throws IOException {
        return find(search, Chosen.oldest(search.limit()));
    }

    private List<LogLine> find(LogSearch search, Chosen chosen) throws IOException {
        var sieve = new Sieve(search);
        for (var kind : search.kinds()) {
            look(Place.of(search, kind), search.after(), sieve, chosen);
        }
        return chosen.oldestFirst();
    }

    private void look(Place place, long after, Sieve sieve, Chosen chosen) throws IOException {
        for (var file : Journal.all(folder)) {
            Journal.read(file, frame -> {
                if (frame.first() + frame.count() > after) {
                    frame.lines(place, line -> take(sieve, line, chosen));
                }
            });
        }
        var segments = sealing.of(place);
        if (segments.isPresent()) {
            try (var reading = new Reading(segments.get(), sieve)) {
                reading.into(chosen);
            }
        }
    }

    private static void take(Sieve sieve, LogLine line, Chosen chosen) {
        if (sieve.mayWant(line.sequence(), LogLine.nanos(line.at()), line.source()) && sieve.wants(line)) {
            chosen.add(line);
        }
    }

    /// Of the newest line that is kept; grows with each.
    public long sequence() {
        return sequence;
    }

    /// Whether there is a line of an app.
    public boolean knows(String app, String environment) throws IOException {
        return !find(LogSearch.last(app, environment, 1)).isEmpty();
    }

    /// Bytes that it takes.
    public long usage() throws IOException {
        long usage = 0;
        for (var file : Journal.all(folder)) {
            usage += Files.exists(file) ? Files.size(file) : 0;
        }
        for (var segments : sealing.all()) {
            usage += segments.size();
        }
        return usage;
    }

    @Override
    public void close() throws IOException {
        writing.lock();
        try {
            journal.close();
        } finally {
            writing.unlock();
        }
    }
}
