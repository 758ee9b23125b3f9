package dev.johwa.watch.log.store;

import dev.johwa.watch.log.Chunk;
import dev.johwa.watch.log.LogKind;
import dev.johwa.watch.log.LogLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes blocks of journals, and holds all of them to the budget. Whatever a crash leaves of it is taken away before it
/// is done again. One writes; many may read.
final class Sealing {
    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);
    private static final long LARGEST_FILE = 16L << 20;
    private static final long SMALLEST_FILE = 64L << 10;
    /// Files that a budget has room for.
    private static final int FILES = 32;
    /// Part of the budget that lines of requests may have: they are the first to go.
    private static final int REQUESTS = 8;

    private final Path folder;
    private final long budget;
    private final Map<Place, Segments> places = new ConcurrentHashMap<>();

    /// @param folder that has one of each place
    Sealing(Path folder, long budget) throws IOException {
        this.folder = folder;
        this.budget = budget;
        try (Stream<Path> all = Files.list(folder)) {
            all.map(Segments::of).flatMap(Optional::stream).forEach(each -> places.put(each.place(), each));
        } catch (NoSuchFileException e) {
            // There is none yet.
        }
    }

    Optional<Segments> of(Place place) {
        return Optional.ofNullable(places.get(place));
    }

    Collection<Segments> all() {
        return places.values();
    }

    /// @return the chunks whose lines it has
    List<Chunk> seal(Path journal) throws IOException {
        long number = Journal.number(journal);
        var chunks = new ArrayList<Chunk>();
        var lines = new LinkedHashMap<Place, List<LogLine>>();
        Journal.read(journal, frame -> {
            frame.chunk().ifPresent(chunks::add);
            frame.lines(null, line -> Block.add(lines, line));
        });
        for (var each : lines.entrySet()) {
            var place = each.getKey();
            var segments = places.getOrDefault(place, new Segments(folder.resolve(place.folder()), place));
            segments.forget(number);
            segments.add(number, each.getValue(), largest());
            places.put(place, segments);
        }
        return chunks;
    }

    private long largest() {
        return Math.clamp(budget / FILES, SMALLEST_FILE, LARGEST_FILE);
    }

    private static boolean isOfRequests(Segments segments) {
        return segments.place().kind() == LogKind.ACCESS;
    }

    /// Takes away all that an app, or its project where it is the last, has.
    void forget(Predicate<Place> gone) throws IOException {
        for (var segments : List.copyOf(places.values())) {
            if (gone.test(segments.place())) {
                // Who reads it now finds files that have gone, as for the budget's sake.
                places.remove(segments.place());
                for (var file : segments.files()) {
                    segments.delete(file);
                }
                segments.deleteEmpty();
            }
        }
    }

    /// Takes from the place that has most, the oldest first, until all of it is within the budget.
    ///
    /// @param others bytes of journals
    void hold(long others) throws IOException {
        var sizes = new LinkedHashMap<Segments, Long>();
        for (var each : places.values()) {
            sizes.put(each, each.size());
        }
        long total = others + sizes.values().stream().mapToLong(Long::longValue).sum();
        while (true) {
            long requests = sizes.entrySet().stream()
                    .filter(each -> isOfRequests(each.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            boolean isTooManyRequests = requests > budget / REQUESTS || total > budget && requests > 0;
            if (total <= budget && !isTooManyRequests) {
                return;
            }
            var noisiest = sizes.entrySet().stream()
                    .filter(each -> !isTooManyRequests || isOfRequests(each.getKey()))
                    .max(Map.Entry.comparingByValue());
            if (noisiest.isEmpty() || noisiest.get().getValue() == 0) {
                return;
            }
            var segments = noisiest.get().getKey();
            var oldest = segments.files().getFirst();
            long freed = Files.size(oldest);
            segments.delete(oldest);
            if (freed == noisiest.get().getValue()) {
                places.remove(segments.place());
                segments.deleteEmpty();
            }
            LOG.info("freed log of {} bytes={}", segments.place(), freed);
            sizes.merge(segments, -freed, Long::sum);
            total -= freed;
        }
    }
}
