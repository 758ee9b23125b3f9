package dev.johwa.build.pipeline;

import dev.johwa.lib.file.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What is kept of a project between its runs: desks at which they work, `PROJECT/cache/desk-1` and so on, and the HOME
/// of its steps. A desk has one run at a time; there are as many as runs of the project went on at once. Together they
/// are bounded: of the desks those used longest ago go first; a HOME that is too large alone begins anew. Nothing is
/// taken away while a run of the project goes on. Safe for use by many threads.
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

    /// The HOME of the project's steps.
    Path home(String project) {
        return apps.resolve(project).resolve("home");
    }

    private Path folder(String project) {
        return apps.resolve(project).resolve("cache");
    }

    /// A desk for a run, until [#leave]: the free one of the first of these branches that has one, else the free one
    /// that was used last, else a new one.
    synchronized Desk take(String project, List<String> branches) {
        try {
            Files.createDirectories(home(project));
            var free = free(project);
            var desk = branches.stream()
                    .flatMap(
                            branch -> free.stream().filter(each -> each.branch().equals(branch)))
                    .findFirst()
                    .or(() -> free.stream().findFirst())
                    .orElseGet(() -> Desk.make(newPlace(project), boot));
            taken.put(desk.folder(), desk);
            users.merge(project, 1, Integer::sum);
            return desk;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whole ones of this boot that nobody has, the last used first.
    private List<Desk> free(String project) {
        return places(project).stream()
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

    private List<Path> places(String project) {
        if (!Files.isDirectory(folder(project))) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder(project))) {
            return children.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path newPlace(String project) {
        int number = 1;
        while (Files.exists(folder(project).resolve(NAME + number), LinkOption.NOFOLLOW_LINKS)) {
            number++;
        }
        return folder(project).resolve(NAME + number);
    }

    /// Copies a whole folder of dependencies from another desk of the project.
    ///
    /// @return whether there was one, and nobody changed it meanwhile
    boolean copy(Desk to, String place, String key) {
        for (var from : others(to)) {
            var goal = to.source().resolve(place);
            if (from.needsNone(place, key)) {
                return true;
            }
            if (from.holds(place, key) && TreeCopy.make(from.source().resolve(place), goal)) {
                // Crossed out before the copy began to look, it may have been half installed all the while.
                if (Desk.at(from.folder()).holds(place, key)) {
                    return true;
                }
                Trees.delete(goal);
            }
        }
        return false;
    }

    private synchronized List<Desk> others(Desk to) {
        var others = new ArrayList<Desk>();
        try (Stream<Path> beside = Files.list(to.folder().resolveSibling(""))) {
            beside.filter(place -> isDesk(place) && !place.equals(to.folder()))
                    .map(place -> taken.containsKey(place) ? taken.get(place) : Desk.at(place))
                    .filter(desk -> desk.isOf(boot))
                    .forEach(others::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return others;
    }

    /// The run at the desk has ended: it is free for the next one.
    synchronized void leave(String project, Desk desk) {
        taken.remove(desk.folder());
        if (users.merge(project, -1, Integer::sum) == 0) {
            users.remove(project);
        }
    }

    /// Takes away what is too much, unless a run of the project goes on.
    void trim(String project) {
        long total = Trees.size(home(project));
        if (total > budget) {
            discard(project, home(project));
            total = 0;
        }
        List<Desk> free;
        var unknown = new HashSet<Path>();
        synchronized (this) {
            free = free(project);
            unknown.addAll(places(project));
            unknown.removeAll(taken.keySet());
        }
        for (var desk : free) {
            unknown.remove(desk.folder());
            total += Trees.size(desk.folder());
            if (total > budget) {
                discard(project, desk.folder());
            }
        }
        unknown.forEach(place -> discard(project, place));
    }

    /// Out of the way at once, so that a new run need not wait until all of it is deleted.
    private void discard(String project, Path place) {
        if (place.getFileName().toString().startsWith(GONE)) {
            Trees.delete(place);
            return;
        }
        var gone = place.resolveSibling(GONE + place.getFileName());
        synchronized (this) {
            if (users.containsKey(project)) {
                return;
            }
            try {
                Trees.delete(gone);
                Files.move(place, gone, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Trees.delete(gone);
    }
}
