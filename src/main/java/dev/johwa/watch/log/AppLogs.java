package dev.johwa.watch.log;

import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.text.Few;
import dev.johwa.lib.text.Near;
import dev.johwa.serve.target.Instance;
import dev.johwa.serve.target.Logs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What apps say: what their instances print, and what others brought. The files of instances are only what is on its
/// way into the store: whoever looks has it taken there first. Safe for use by many threads.
public final class AppLogs {
    private static final Logger LOG = LoggerFactory.getLogger(AppLogs.class);

    /// Lines that are looked at for fields, and fields that are named.
    private static final int LOOKED = 1_000;
    private static final int NAMED = 12;

    private final Logs printed;
    private final LogStore kept;
    private final PlatformLines platform;
    private volatile Optional<AccessLines> requests = Optional.empty();
    private volatile Optional<LineCounts> counted = Optional.empty();

    public AppLogs(Logs printed, LogStore kept) {
        this.printed = printed;
        this.kept = kept;
        this.platform = new PlatformLines(kept);
        printed.takeTo(new Intake(kept));
    }

    /// Takes what the platform itself warns of.
    public PlatformLines platform() {
        return platform;
    }

    /// From now on requests are taken too.
    public void takeRequests(AccessLines lines) {
        requests = Optional.of(lines);
    }

    /// From now on lines that apps count are counted.
    public void countLines(LineCounts lines) {
        counted = Optional.of(lines);
    }

    /// Lines that apps count, since the start.
    public Map<LineCounts.Of, Long> counted() {
        return counted.map(LineCounts::look).orElse(Map.of());
    }

    /// Takes into the store what has come since the last call, of all apps: to be called again and again.
    public void take() {
        printed.keep();
        printed.drain();
        takeRequests();
        platform.take();
    }

    private synchronized void takeRequests() {
        requests.ifPresent(AccessLines::take);
    }

    /// Keeps lines that others brought: they are on the disk when this returns.
    public void bring(List<LogLine> lines) {
        kept.add(lines, Optional.empty());
    }

    /// The newest lines that are wanted, oldest first.
    public List<LogLine> read(LogSearch search) {
        take(search);
        return kept.find(search);
    }

    /// What may be wrong with a search that found nothing: a field that no line has. Empty where it may be right.
    public Optional<String> mistake(LogSearch search) {
        var asked = search.terms().stream()
                .flatMap(term -> term.field().stream())
                .distinct()
                .toList();
        var lines = asked.isEmpty() ? List.<LogLine>of() : kept.find(search.ofAnything(LOOKED));
        var without = asked.stream()
                .filter(name -> lines.stream()
                        .noneMatch(line -> Term.Field.value(line, name).isPresent()))
                .toList();
        if (lines.isEmpty() || without.isEmpty()) {
            return Optional.empty();
        }
        var there = lines.stream()
                .flatMap(line -> Fields.of(line).keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        var rest = there.isEmpty()
                ? "they have no fields at all"
                : "they have "
                        + Few.of(there.stream().map(name -> "'" + name + "'").toList(), NAMED);
        return Optional.of("the newest " + lines.size() + " lines have no field '" + String.join("' and no '", without)
                + "': " + Near.question(without.getFirst(), there).orElse(rest));
    }

    /// Where nothing can be written, what is there can still be read.
    private void take(LogSearch search) {
        try {
            if (search.kinds().contains(LogKind.PLATFORM)) {
                platform.take();
            }
            if (!search.app().equals(PlatformLines.APP)) {
                printed.drain(search.app());
            }
            if (search.kinds().contains(LogKind.ACCESS)) {
                takeRequests();
            }
        } catch (RuntimeException e) {
            LOG.warn("what {} prints stays in its files for now: {}", search.app(), e.toString());
        }
    }

    /// Whether there is any line of an app.
    public boolean knows(String app, String environment) {
        return !read(LogSearch.last(app, environment, 1)).isEmpty();
    }

    /// The newest lines of one instance.
    public static LogSearch of(Instance instance, int limit) {
        return new LogSearch(
                instance.app(),
                instance.environment(),
                limit,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(instance.id()),
                List.of(),
                0);
    }

    /// Tells the newest lines and then each that comes, until cancelled.
    ///
    /// @param searches which ones now: those that come later are told from their first line on
    public void follow(Supplier<List<LogSearch>> searches, Consumer<LogLine> lines, Cancel cancel)
            throws InterruptedException {
        kept.follow(
                () -> {
                    var now = searches.get();
                    now.forEach(this::take);
                    return now;
                },
                lines,
                cancel);
    }
}
