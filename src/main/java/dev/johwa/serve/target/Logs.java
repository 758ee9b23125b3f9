package dev.johwa.serve.target;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.text.Cut;
import dev.johwa.serve.target.log.Drain;
import dev.johwa.serve.target.log.Follower;
import dev.johwa.serve.target.log.Keeper;
import dev.johwa.serve.target.log.Merge;
import dev.johwa.serve.target.log.Merge.Whose;
import dev.johwa.serve.target.log.Needle;
import dev.johwa.serve.target.log.Printed;
import dev.johwa.serve.target.log.Shelf;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the instances of this machine print, also those that have ended: lines with their times.
///
/// Instances append to their files themselves, so nothing is lost while we are away; [#keep] notes the times of what
/// has come and holds each app to its budget. Memory does not depend on how much was printed. Safe for use by many
/// threads.
public final class Logs {
    public static final int MOST_LINES = 100_000;
    /// What the output of an app may take on the disk, unless told otherwise.
    public static final long BUDGET = 256L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Logs.class);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Shelf shelf;
    private final Drain drain;
    private final ReentrantLock draining = new ReentrantLock();
    private final Keeper keeper;
    private final Clock clock;
    private final Mask mask;
    private volatile Optional<Taker> taker = Optional.empty();

    /// @param apps the same folder as that of the target
    /// @param budget bytes that the output of an app may take on the disk
    public Logs(Path apps, Clock clock, long budget, Mask mask) {
        this.shelf = new Shelf(apps);
        this.drain = new Drain(shelf);
        this.keeper = new Keeper(shelf, clock, budget);
        this.clock = clock;
        this.mask = mask;
    }

    /// Hides secrets of an app in a line.
    @FunctionalInterface
    public interface Mask {
        String hide(String app, String line);

        /// Where a long line of an app may be cut so that no secret is cut.
        default Cut cut(String app) {
            return Cut.anywhere();
        }
    }

    /// Keeps what was printed, so that the files are only what is on its way.
    public interface Taker {
        /// How far a file is in what is kept.
        Optional<Long> taken(String file);

        /// Returns when the lines are kept for good, without the secrets that they still have.
        ///
        /// @param file that they are from, and end of the last one in it
        void take(Instance instance, List<Line> lines, String file, long end);

        /// A file is gone.
        void forget(String file);

        /// The last lines that are kept of an instance, oldest first.
        List<String> last(Instance instance, int lines);
    }

    /// From now on all that is printed goes to somebody.
    public void takeTo(Taker somebody) {
        taker = Optional.of(somebody);
    }

    /// Gives all that an app has printed until now to who takes it.
    public void drain(String app) {
        taker.ifPresent(somebody -> drain(shelf.app(app), mask.cut(app), somebody));
    }

    /// The same of all apps.
    public void drain() {
        taker.ifPresent(somebody -> shelf.apps().stream()
                .filter(folder -> !folder.getFileName().toString().startsWith("."))
                .forEach(folder -> drain(folder, mask.cut(name(folder)), somebody)));
    }

    private static String name(Path folder) {
        return folder.getFileName().toString().replace('+', '/');
    }

    private void drain(Path app, Cut cut, Taker somebody) {
        draining.lock();
        try {
            drain.app(app, clock.now(), cut, new Taking(somebody));
        } finally {
            draining.unlock();
        }
    }

    private static final class Taking implements Drain.Taker {
        private final Taker somebody;

        Taking(Taker somebody) {
            this.somebody = somebody;
        }

        @Override
        public Optional<Long> taken(String file) {
            return somebody.taken(file);
        }

        @Override
        public void take(Printed printed, String file, long end, List<Whose> lines) {
            somebody.take(
                    printed.instance(),
                    lines.stream().map(line -> line(line, line.text())).toList(),
                    file,
                    end);
        }

        @Override
        public void forget(String file) {
            somebody.forget(file);
        }
    }

    /// A line that was printed.
    ///
    /// @param gap whether nobody looked when it was printed: then it is from `at` or earlier
    /// @param stream `out` or `err`
    public record Line(Instant at, boolean gap, String text, String stream, int release, String instance) {}

    /// Which lines are wanted.
    ///
    /// @param limit the newest so many, at most [#MOST_LINES]
    /// @param since nothing that was printed before
    /// @param until nothing that was printed after
    /// @param grep text that a line contains, after secrets are hidden
    /// @param from only of this process (`worker`), or of this instance
    public record Query(
            String app,
            String environment,
            int limit,
            OptionalInt release,
            Optional<Instant> since,
            Optional<Instant> until,
            Optional<String> grep,
            Optional<String> from) {
        public Query {
            if (limit < 0 || limit > MOST_LINES) {
                throw new IllegalArgumentException("limit " + limit + " is not between 0 and " + MOST_LINES);
            }
        }

        /// The newest lines of an app.
        public static Query last(String app, String environment, int limit) {
            return new Query(
                    app,
                    environment,
                    limit,
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        /// The newest lines of one instance.
        public static Query of(Instance instance, int limit) {
            return new Query(
                    instance.app(),
                    instance.environment(),
                    limit,
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(instance.id()));
        }

        boolean isFor(Instance instance) {
            return instance.app().equals(app)
                    && instance.environment().equals(environment)
                    && (release.isEmpty() || release.getAsInt() == instance.release())
                    && from.map(name -> name.equals(instance.process()) || name.equals(instance.id()))
                            .orElse(true);
        }
    }

    /// The newest lines, oldest first.
    public List<Line> read(Query query) {
        return read(query, ends(query));
    }

    private List<Line> read(Query query, Map<Printed, Long> ends) {
        var wanted = new Merge.Wanted(
                query.limit(),
                query.since(),
                query.grep().flatMap(Needle::of),
                text -> isWanted(query, text),
                clock.now(),
                mask.cut(query.app()));
        return Merge.last(ends, wanted).stream()
                .map(this::line)
                .filter(line ->
                        query.until().map(time -> !line.at().isAfter(time)).orElse(true))
                .toList();
    }

    private boolean isWanted(Query query, String text) {
        return query.grep().isEmpty()
                || mask.hide(query.app(), text).contains(query.grep().get());
    }

    private Line line(Whose whose) {
        return line(whose, mask.hide(whose.printed().instance().app(), whose.text()));
    }

    private static Line line(Whose whose, String text) {
        var instance = whose.printed().instance();
        return new Line(
                whose.seen().at(),
                whose.seen().gap(),
                text,
                whose.printed().stream(),
                instance.release(),
                instance.id());
    }

    private Map<Printed, Long> ends(Query query) {
        var ends = new LinkedHashMap<Printed, Long>();
        printed(query)
                .forEach(printed ->
                        ends.put(printed, query.until().map(printed::end).orElseGet(printed::end)));
        return ends;
    }

    private List<Printed> printed(Query query) {
        var app = shelf.app(query.app());
        // Running ones last: one that ends between the two looks is seen twice rather than never.
        var found = new LinkedHashMap<String, Printed>();
        shelf.running(app).forEach(each -> found.put(each.name(), each));
        shelf.ended(app).forEach(each -> found.put(each.name(), each));
        return found.values().stream()
                .filter(each -> query.isFor(each.instance()))
                .toList();
    }

    /// Tells the newest lines and then each that comes, until cancelled.
    public void follow(Query query, Consumer<Line> lines, Cancel cancel) throws InterruptedException {
        follow(() -> List.of(query), lines, cancel);
    }

    /// The same of several apps together.
    ///
    /// @param queries which ones now: those that come later are told from their first line on
    public void follow(Supplier<List<Query>> queries, Consumer<Line> lines, Cancel cancel) throws InterruptedException {
        var followers = new HashMap<Query, Follower>();
        var before = new ArrayList<Line>();
        for (var query : queries.get()) {
            var ends = ends(query);
            before.addAll(read(query, ends));
            followers.put(query, new Follower(ends, mask.cut(query.app())));
        }
        before.sort(Comparator.comparing(Line::at));
        before.forEach(lines);
        while (true) {
            // Once more after that: what was printed before it is told.
            boolean isOver = cancel.isCancelled();
            for (var query : queries.get()) {
                var follower = followers.computeIfAbsent(query, now -> new Follower(Map.of(), mask.cut(now.app())));
                follower.look(printed(query), clock.now(), whose -> {
                    if (isWanted(query, whose.text())) {
                        lines.accept(line(whose));
                    }
                });
            }
            if (isOver) {
                return;
            }
            clock.sleep(PAUSE);
        }
    }

    /// The last lines of one instance, oldest first, its two streams together.
    ///
    /// @param run the folder that it prints into
    public List<String> lastWords(Path run, int lines) {
        draining.lock();
        try {
            var instance = Shelf.streams(run, true).stream().findFirst().map(Printed::instance);
            if (instance.isEmpty()) {
                return List.of();
            }
            takeWhatIsThere(instance.get().app());
            var left = left(run, instance.get().app(), lines);
            var words = new ArrayList<String>();
            taker.ifPresent(somebody -> words.addAll(somebody.last(instance.get(), lines)));
            words.addAll(left);
            return words.subList(Math.max(0, words.size() - lines), words.size());
        } finally {
            draining.unlock();
        }
    }

    /// Where it cannot be taken, it is still in the files.
    private void takeWhatIsThere(String app) {
        try {
            drain(app);
        } catch (RuntimeException e) {
            LOG.warn("what {} prints stays in its files for now: {}", app, e.toString());
        }
    }

    /// What nobody took yet.
    private List<String> left(Path run, String app, int lines) {
        var ends = new LinkedHashMap<Printed, Long>();
        Shelf.streams(run, true).forEach(printed -> ends.put(printed, printed.end()));
        var wanted =
                new Merge.Wanted(lines, Optional.empty(), Optional.empty(), text -> true, clock.now(), mask.cut(app));
        return Merge.last(ends, wanted).stream()
                .map(whose -> line(whose).text())
                .toList();
    }

    /// Bytes that all of it takes on the disk.
    public long usage() {
        return shelf.apps().stream().mapToLong(keeper::usage).sum();
    }

    /// A line that a command of an app printed, with its secrets hidden.
    public String hide(String app, String line) {
        return mask.hide(app, line);
    }

    /// Notes the times of what has come since the last call, and frees what is over budget: to be called again and
    /// again, by one thread.
    public void keep() {
        keeper.round();
    }
}
