package dev.johwa.build.pipeline;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.task.Cancel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// What is kept of a project between its runs, for each layer of trust by itself: desks at which they work,
/// `PROJECT/cache/desk-1` and so on, and the HOME of its steps, `PROJECT/home`; those beside production have theirs in
/// `PROJECT/layers/NAME`. A desk has one run at a time; there are as many as runs of a layer went on at once. All of a
/// project together is bounded: what is trusted least goes first, then the desks used longest ago; a HOME that does not
/// fit begins anew. Nothing is taken away while a run of the project goes on. Safe for use by many threads.
final class Desks {
    /// Bytes that all that is kept of a project may take.
    static final long BUDGET = 8L << 30;

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String NAME = "desk-";
    private static final String GONE = "gone-";

    private final Path apps;
    private final long budget;
    private final String boot;
    private final Map<String, Integer> users = new HashMap<>();
    private final Map<Path, Desk> taken = new HashMap<>();

    /// @param apps folder of the projects
    Desks(Path apps, long budget) {
        this(apps, budget, boot());
    }

    Desks(Path apps, long budget, String boot) {
        this.apps = apps;
        this.budget = budget;
        this.boot = boot;
    }

    private static String boot() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    /// The HOME of the steps of a layer.
    Path home(Trust trust) {
        return below(trust).resolve("home");
    }

    /// A place of its own for a HOME that is being made; left behind by a kill, it goes as a desk that nobody knows.
    Path draft(Trust trust) {
        return folder(trust).resolve("new-" + UUID.randomUUID());
    }

    private Path below(Trust trust) {
        return trust.below(apps.resolve(trust.project()));
    }

    private Path folder(Trust trust) {
        return below(trust).resolve("cache");
    }

    /// A desk for a run, until [#leave]: the free one of the first of these branches that has one, else the free one
    /// that was used last, else a new one.
    synchronized Desk take(Trust trust, List<String> branches) {
        var free = free(trust);
        var desk = branches.stream()
                .flatMap(branch -> free.stream().filter(each -> each.branch().equals(branch)))
                .findFirst()
                .or(() -> free.stream().findFirst())
                .orElseGet(() -> Desk.make(newPlace(trust), boot));
        taken.put(desk.folder(), desk);
        users.merge(trust.project(), 1, Integer::sum);
        return desk;
    }

    /// Whole ones of this boot that nobody has, the last used first.
    private List<Desk> free(Trust trust) {
        return places(trust).stream()
                .filter(Desks::isDesk)
                .filter(place -> !taken.containsKey(place))
                .map(Desk::at)
                .filter(desk -> desk.isOf(boot))
                .sorted(Comparator.comparingLong(Desk::usedAt).reversed())
                .toList();
    }

    /// And not one that is being deleted.
    private static boolean isDesk(Path place) {
        return place.getFileName().toString().startsWith(NAME);
    }

    private List<Path> places(Trust trust) {
        return Trees.children(folder(trust));
    }

    private Path newPlace(Trust trust) {
        int number = 1;
        while (Files.exists(folder(trust).resolve(NAME + number), LinkOption.NOFOLLOW_LINKS)) {
            number++;
        }
        return folder(trust).resolve(NAME + number);
    }

    /// Copies a whole folder of dependencies from another desk that the layer may read.
    ///
    /// @return whether there was one, and nobody changed it meanwhile
    boolean copy(Trust trust, Desk to, String place, String key, Cancel cancel) {
        for (var from : readable(trust)) {
            var goal = to.source().resolve(place);
            if (from.folder().equals(to.folder())) {
                continue;
            }
            if (from.needsNone(place, key)) {
                return true;
            }
            if (from.holds(place, key) && TreeCopy.make(from.source().resolve(place), goal, cancel)) {
                // Crossed out before the copy began to look, it may have been half installed all the while.
                if (Desk.at(from.folder()).holds(place, key)) {
                    return true;
                }
                Trees.delete(goal);
            }
        }
        return false;
    }

    /// The desks that a layer may read, its own first.
    private synchronized List<Desk> readable(Trust trust) {
        return trust.read().stream()
                .flatMap(each -> places(each).stream())
                .filter(Desks::isDesk)
                .map(place -> taken.containsKey(place) ? taken.get(place) : Desk.at(place))
                .filter(desk -> desk.isOf(boot))
                .toList();
    }

    /// Copies half-finished work of production that calls itself a cache, whose tool tells by itself what of it is old.
    ///
    /// @return whether there was any, and nobody changed it meanwhile
    boolean copyCache(Trust trust, String place, Path goal, Cancel cancel) {
        return !trust.isProduction()
                && freeNow(Trust.production(trust.project())).stream()
                        .filter(desk -> desk.hasCache(place))
                        .findFirst()
                        .filter(desk -> TreeCopy.make(desk.source().resolve(place), goal, cancel))
                        .isPresent();
    }

    private synchronized List<Desk> freeNow(Trust trust) {
        return free(trust);
    }

    /// The run at the desk has ended: it is free for the next one.
    synchronized void leave(Trust trust, Desk desk) {
        taken.remove(desk.folder());
        if (users.merge(trust.project(), -1, Integer::sum) == 0) {
            users.remove(trust.project());
        }
    }

    /// Takes away what is too much, unless a run of the project goes on.
    void trim(String project) {
        var _ = trim(project, budget);
    }

    /// @return bytes of the budget that are left
    private long trim(String project, long most) {
        long left = most;
        for (var trust : layers(project)) {
            left = trim(trust, left);
        }
        return left;
    }

    /// Takes away what all projects together have too much; those that were worked at last keep theirs.
    void trimAll(long most) {
        long left = most;
        for (var project : projects()) {
            long own = Math.min(left, budget);
            left -= own - trim(project, own);
        }
    }

    private List<String> projects() {
        return Trees.children(apps).stream()
                .filter(folder -> Files.isDirectory(folder.resolve("cache"), LinkOption.NOFOLLOW_LINKS))
                .sorted(Comparator.comparingLong((Path folder) -> Trees.modifiedAt(folder.resolve("cache")))
                        .reversed())
                .map(folder -> folder.getFileName().toString())
                .toList();
    }

    /// Production, and those that left something, the most trusted first.
    private List<Trust> layers(String project) {
        var others = Trees.children(Trust.layers(apps.resolve(project))).stream()
                .map(folder -> new Trust(project, folder.getFileName().toString()));
        return Stream.concat(Stream.of(Trust.production(project)), others)
                .sorted(Trust.ORDER)
                .toList();
    }

    /// @return bytes that are left for those who are trusted less
    private long trim(Trust trust, long budget) {
        long left = fit(trust, home(trust), budget);
        List<Desk> free;
        var unknown = new HashSet<Path>();
        synchronized (this) {
            free = free(trust);
            unknown.addAll(places(trust));
            unknown.removeAll(taken.keySet());
        }
        for (var desk : free) {
            unknown.remove(desk.folder());
            left = fit(trust, desk.folder(), left);
        }
        unknown.forEach(place -> discard(trust, place));
        return left;
    }

    private long fit(Trust trust, Path place, long budget) {
        long size = Trees.size(place);
        if (size <= budget) {
            return budget - size;
        }
        discard(trust, place);
        return budget;
    }

    /// Out of the way at once, so that a new run need not wait until all of it is deleted.
    private void discard(Trust trust, Path place) {
        if (place.getFileName().toString().startsWith(GONE)) {
            Trees.delete(place);
            return;
        }
        var gone = folder(trust).resolve(GONE + place.getFileName());
        synchronized (this) {
            if (users.containsKey(trust.project())) {
                return;
            }
            try {
                Trees.delete(gone);
                Files.createDirectories(folder(trust));
                Files.move(place, gone, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Trees.delete(gone);
    }
}
