package dev.johwa.serve.target;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.text.Cut;
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
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What the instances of this machine print, also those that have ended: lines with their times.
///
/// Instances append to their files themselves, so nothing is lost while we are away; [#keep] notes the times of what
/// has come and holds each app to its budget. Memory does not depend on how much was printed. Safe for use by many
/// threads.
public final class Logs {
    public static final int MOST_LINES = 100_000;
    /// What the output of an app may take on the disk, unless told otherwise.
    public static final long BUDGET = 256L << 20;

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Shelf shelf;
    private final Keeper keeper;
    private final Clock clock;
    private final Mask mask;

    /// @param apps the same folder as that of the target
    /// @param budget bytes that the output of an app may take on the disk
    public Logs(Path apps, Clock clock, long budget, Mask mask) {
        this.shelf = new Shelf(apps);
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
        var instance = whose.printed().instance();
        return new Line(
                whose.seen().at(),
                whose.seen().gap(),
                mask.hide(instance.app(), whose.text()),
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
        var ends = new LinkedHashMap<Printed, Long>();
        Shelf.streams(run, true).forEach(printed -> ends.put(printed, printed.end()));
        var words = new ArrayList<String>();
        var app = ends.keySet().stream()
                .findFirst()
                .map(printed -> printed.instance().app())
                .orElse("");
        var wanted =
                new Merge.Wanted(lines, Optional.empty(), Optional.empty(), text -> true, clock.now(), mask.cut(app));
        Merge.last(ends, wanted).forEach(whose -> words.add(line(whose).text()));
        return words;
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
