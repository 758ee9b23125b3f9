package dev.johwa.watch.log;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.target.Logs;
import dev.johwa.watch.log.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lines of logs, kept without secrets within a budget. It is opened when it is first used. Safe for use by many
/// threads.
public final class LogStore implements AutoCloseable {
    /// Bytes of the text, and of the fields, of one line that are kept.
    public static final int LONGEST = 64 << 10;

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int AT_ONCE = 100_000;

    private final Path folder;
    private final Clock clock;
    private final long budget;
    private final Logs.Mask mask;
    private @Nullable Store store;

    /// @param budget bytes that it may take on the disk
    public LogStore(Path folder, Clock clock, long budget, Logs.Mask mask) {
        this.folder = folder;
        this.clock = clock;
        this.budget = budget;
        this.mask = mask;
    }

    private synchronized Store open() {
        try {
            if (store == null) {
                store = Store.open(folder, clock, budget);
            }
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Empty as long as nothing was ever kept.
    private synchronized Optional<Store> present() {
        return store != null || Files.isDirectory(folder) ? Optional.of(open()) : Optional.empty();
    }

    /// Returns when the lines are on the disk, without their secrets.
    ///
    /// @param chunk that brought them: if it was kept before, nothing is added
    /// @throws UncheckedIOException when they could not be written: then none of them is kept
    public void add(List<LogLine> lines, Optional<Chunk> chunk) {
        add(lines, chunk, Map.of());
    }

    /// @param files how far files were read for them, kept with them
    void add(List<LogLine> lines, Optional<Chunk> chunk, Map<String, Long> files) {
        var safe = lines.stream().map(this::masked).toList();
        try {
            open().add(safe, chunk, files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Takes away the lines of an app; of its whole project, runs too, where that is all of it.
    public void forgetApp(String app, boolean isProject) {
        present().ifPresent(known -> {
            try {
                known.forgetApp(app, isProject);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /// How far a file was read for the lines that are kept.
    Optional<Long> read(String file) {
        return present().flatMap(known -> known.read(file));
    }

    /// A file is gone.
    void forget(String file) {
        present().ifPresent(known -> known.forget(file));
    }

    private LogLine masked(LogLine line) {
        return new Masking(mask, line.app()).apply(line);
    }

    /// The newest lines that are wanted, oldest first.
    public List<LogLine> find(LogSearch search) {
        return present().map(known -> find(known, search)).orElseGet(List::of);
    }

    /// The oldest lines that are wanted, oldest first, as many as the search says. All of the time that it names is
    /// read: it should be short.
    public List<LogLine> first(LogSearch search) {
        try {
            var known = present();
            return known.isEmpty() ? List.of() : known.get().first(search);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<LogLine> find(Store store, LogSearch search) {
        try {
            return store.find(search);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether an app has a line.
    public boolean knows(String app, String environment) {
        return !find(LogSearch.last(app, environment, 1)).isEmpty();
    }

    /// Tells the newest lines and then each that comes, until cancelled.
    ///
    /// @param searches which ones now: those that come later are told from their first line on
    public void follow(Supplier<List<LogSearch>> searches, Consumer<LogLine> lines, Cancel cancel)
            throws InterruptedException {
        var seen = new HashMap<LogSearch, Long>();
        for (var search : searches.get()) {
            seen.put(search, last());
            find(search).forEach(line -> tell(search, line, lines, seen));
        }
        while (true) {
            // Once more after that: what came before it is told.
            boolean isOver = cancel.isCancelled();
            var now = searches.get();
            long last = last();
            for (var search : now) {
                long before = seen.computeIfAbsent(search, LogSearch::after);
                if (last > before) {
                    find(search.after(before, AT_ONCE)).forEach(line -> tell(search, line, lines, seen));
                    seen.merge(search, last, Math::max);
                }
            }
            if (isOver) {
                return;
            }
            clock.sleep(PAUSE);
        }
    }

    private static void tell(LogSearch search, LogLine line, Consumer<LogLine> lines, Map<LogSearch, Long> seen) {
        lines.accept(line);
        seen.merge(search, line.sequence(), Math::max);
    }

    /// The largest number of a line that is kept.
    long last() {
        return present().map(Store::sequence).orElse(0L);
    }

    /// Bytes that it takes on the disk.
    public long usage() {
        return Trees.size(folder);
    }

    @Override
    public synchronized void close() throws IOException {
        if (store != null) {
            store.close();
        }
    }
}
