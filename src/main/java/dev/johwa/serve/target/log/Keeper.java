package dev.johwa.serve.target.log;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.process.Holes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes when output came, and keeps the output of each app within its budget. Used by one thread.
public final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final int BLOCK = 4096;

    private final Shelf shelf;
    private final Clock clock;
    private final long budget;
    /// Sizes that were seen, by file; what is not here was not looked at by us.
    private final Map<Path, Long> seen = new HashMap<>();

    public Keeper(Shelf shelf, Clock clock, long budget) {
        this.shelf = shelf;
        this.clock = clock;
        this.budget = budget;
    }

    public void round() {
        var present = new HashSet<Path>();
        for (var app : shelf.apps()) {
            boolean grew = false;
            for (var printed : shelf.running(app)) {
                present.add(printed.file());
                grew |= note(printed);
            }
            if (grew) {
                hold(app);
            }
        }
        seen.keySet().retainAll(present);
    }

    private boolean note(Printed printed) {
        long size = printed.size();
        var before = seen.put(printed.file(), size);
        if (before != null && before == size) {
            return false;
        }
        var times = printed.times();
        long end = before != null ? before : times.end();
        if (size > end) {
            // A file that is new to us but not to the times grew while nobody looked.
            times.add(size, clock.now(), before == null && end > 0);
        }
        return size > end;
    }

    private void hold(Path app) {
        var running = shelf.running(app);
        long total = usage(app);
        for (var folder : shelf.endedFolders(app)) {
            if (total <= budget) {
                return;
            }
            total -= total(Shelf.streams(folder, true));
            delete(folder);
        }
        if (total > budget) {
            running.stream()
                    .max(Comparator.comparingLong(Printed::kept))
                    .ifPresent(largest -> free(largest, running.size()));
        }
    }

    /// Bytes that the output of an app takes.
    public long usage(Path app) {
        return total(shelf.running(app)) + total(shelf.ended(app));
    }

    private static long total(List<Printed> all) {
        return all.stream().mapToLong(Printed::kept).sum();
    }

    /// Leaves the newer half of a fair part.
    private void free(Printed printed, int sharers) {
        long size = printed.size();
        long end = (size - budget / 2 / Math.max(1, sharers)) / BLOCK * BLOCK;
        if (end > printed.times().freed() && Holes.punch(printed.file(), end)) {
            printed.times().free(end);
            LOG.info(
                    "freed log instance={} stream={} bytes={}",
                    printed.instance().id(),
                    printed.stream(),
                    end);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
