package dev.johwa.serve.release;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.task.Postponed;
import dev.johwa.serve.data.AppFolder;
import dev.johwa.serve.data.AppFolder.State;
import dev.johwa.serve.data.Owner;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.git.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Folders that outlive releases: those that `data:` names, and those that people add and remove. What is wanted is
/// stored before a release has it. Safe for use by many threads.
public final class AppFolders {
    /// How often all are measured.
    static final Duration MEASURING = Duration.ofMinutes(10);

    private static final Duration MEASURED = Duration.ofMinutes(1);

    private final Ports ports;
    private final Steps steps;
    private final Turns turns;
    private final Moments moments;
    private final Postponed postponed;
    private final Databases databases;
    private final Map<Path, Measure> measures = new ConcurrentHashMap<>();

    AppFolders(Ports ports, Steps steps, Turns turns, Moments moments, Postponed postponed) {
        this.ports = ports;
        this.steps = steps;
        this.turns = turns;
        this.moments = moments;
        this.postponed = postponed;
        this.databases = new Databases(ports);
    }

    private record Measure(long bytes, long ticks) {}

    /// A folder of an app in an environment.
    ///
    /// @param path as the app finds it
    /// @param bytes empty while nobody knows
    /// @param problem what should be done; empty when nothing should
    public record Folder(AppEnvironment where, String path, OptionalLong bytes, String problem) {}

    /// All that there are, measured a minute ago at most.
    public List<Folder> list() {
        return folders(Optional.empty(), true);
    }

    /// Those of a project or of all, with what was last known: nothing is measured.
    public List<Folder> known(Optional<String> project) {
        return folders(project, false);
    }

    /// In two questions, however many apps there are.
    private List<Folder> folders(Optional<String> project, boolean isMeasured) {
        var added = ports.data().folders().list().stream()
                .filter(each ->
                        project.isEmpty() || project.get().equals(each.owner().project()))
                .collect(Collectors.groupingBy(AppFolder::owner));
        var serving = moments.now(project).serving();
        return Stream.concat(serving.keySet().stream(), added.keySet().stream().map(AppEnvironment::of))
                .distinct()
                .sorted(Comparator.comparing(AppEnvironment::name).thenComparing(AppEnvironment::environment))
                .flatMap(where -> folders(where, Optional.ofNullable(serving.get(where)), added, isMeasured))
                .toList();
    }

    private Stream<Folder> folders(
            AppEnvironment where, Optional<Release> live, Map<Owner, List<AppFolder>> added, boolean isMeasured) {
        if (live.isEmpty()) {
            return added.getOrDefault(Databases.owner(where), List.of()).stream()
                    .map(each -> new Folder(where, each.path(), OptionalLong.empty(), ""));
        }
        var known = Databases.folders(live.get(), owner -> added.getOrDefault(owner, List.of()));
        return known.stream().map(path -> {
            var place = place(live.get(), path);
            var bytes = place.map(folder -> bytes(folder, isMeasured)).orElse(OptionalLong.empty());
            return new Folder(where, path, bytes, place.isEmpty() ? missing(live.get(), path) : "");
        });
    }

    /// An app whose process has started once has its folders.
    private static String missing(Release live, String path) {
        return !hasFolders(live)
                ? "nothing of " + live.where() + " runs that could find a folder " + path
                : path + " of " + live.where() + " is gone; bring it back from a backup: the next release makes an"
                        + " empty one";
    }

    /// Whether some process of it finds folders of data.
    static boolean hasFolders(Release release) {
        return release.settings().service() != Detection.Service.STATIC
                && !release.settings().processes().isEmpty();
    }

    private OptionalLong bytes(Path folder, boolean isMeasured) {
        var last = Optional.ofNullable(measures.get(folder));
        boolean isOld = last.filter(each -> ports.clock().ticks() - each.ticks() < MEASURED.toNanos())
                .isEmpty();
        if (isMeasured && isOld) {
            last = Optional.of(new Measure(Trees.size(folder), ports.clock().ticks()));
            measures.put(folder, last.get());
        }
        return last.map(each -> OptionalLong.of(each.bytes())).orElse(OptionalLong.empty());
    }

    private Optional<Path> place(Release release, String path) {
        var where = release.where();
        return ports.target().data(where.name(), where.environment(), below(release, path));
    }

    /// From the root of its artifact on.
    static String below(Release release, String path) {
        return Path.of(release.folder()).resolve(path).normalize().toString();
    }

    /// Writes down that the next release is to have a folder there.
    ///
    /// @return whether what serves has it already
    /// @throws ProblemException when it would lie in another one, or another one in it
    public boolean add(AppEnvironment where, String path, Progress progress) {
        var plain = AppFolder.plain(path);
        var owner = Databases.owner(where);
        try (var _ = turns.take(where, progress, new Cancel())) {
            var live = steps.serving(where);
            if (live.map(Databases::named).orElse(List.of()).contains(plain)) {
                return true;
            }
            var known = ports.data().folders().find(owner, plain);
            if (known.isPresent()) {
                return hasServedSince(where, known.get().createdAt());
            }
            requireBeside(where, plain, live.map(databases::folders).orElseGet(() -> added(where)));
            ports.data().folders().add(owner, plain);
            return false;
        }
    }

    /// Whether what serves was started since: what was added before then is known to it.
    public boolean hasServedSince(AppEnvironment where, Instant moment) {
        return steps.serving(where)
                .filter(release -> {
                    var all = steps.instances().of(release);
                    return all.isEmpty()
                            ? release.createdAt().isAfter(moment)
                            : all.stream()
                                    .allMatch(
                                            kept -> kept.instance().startedAt().isAfter(moment));
                })
                .isPresent();
    }

    private List<String> added(AppEnvironment where) {
        return ports.data().folders().of(Databases.owner(where)).stream()
                .map(AppFolder::path)
                .toList();
    }

    private static void requireBeside(AppEnvironment where, String plain, List<String> there) {
        there.stream()
                .filter(each -> each.startsWith(plain) || plain.startsWith(each))
                .findFirst()
                .ifPresent(each -> {
                    throw Problem.user("data.nested", plain + " and " + each + " of " + where + " lie in each other")
                            .hint("choose one beside it; what lies in " + each + " outlives releases already")
                            .exception();
                });
    }

    /// Removes one that was added, with all that is in it: first a release without it comes live, and what still runs
    /// with it ends.
    ///
    /// @param releasing makes that release
    /// @return what became of that release; nothing when nothing is live
    /// @throws ProblemException when there is none, or johwa.yaml names it
    public Optional<Outcome> remove(AppEnvironment where, String path, Releasing releasing, Progress progress) {
        var folder = requireAdded(where, path);
        var plain = folder.path();
        var place = steps.serving(where).flatMap(release -> place(release, plain));
        try (var _ = turns.take(where, progress, new Cancel())) {
            ports.data().folders().mark(folder, State.LEAVING);
            Optional<Outcome> released = Optional.empty();
            try {
                released = releasing.release();
            } finally {
                boolean isLive = steps.serving(where).isEmpty()
                        || released.filter(Outcome::live).isPresent();
                ports.data().folders().mark(folder, isLive ? State.GOING : State.READY);
            }
            if (released.isEmpty() || released.get().live()) {
                endReplaced(where);
                place.ifPresent(Trees::delete);
                place.ifPresent(measures::remove);
                ports.data().folders().forget(folder);
                progress.say("  " + plain + " of " + where + " is removed.");
            } else {
                progress.say("  " + plain + " of " + where + " stays: the release without it did not come live.");
            }
            return released;
        }
    }

    /// Makes a release with the settings of now.
    @FunctionalInterface
    public interface Releasing {
        Optional<Outcome> release();
    }

    /// Ends the instances of replaced releases, which are kept warm without what was added since, or with what was
    /// removed.
    public void endReplaced(AppEnvironment where) {
        // A deployment on its way has instances that do not serve yet.
        try (var _ = turns.take(where, line -> {}, new Cancel())) {
            int current = steps.environments().get(where).release();
            steps.live()
                    .fleet()
                    .drainAndStop(steps.instances().of(where).stream()
                            .filter(kept -> kept.instance().release() != current)
                            .toList());
        }
    }

    /// One that may be removed.
    ///
    /// @throws ProblemException when there is none, or johwa.yaml names it
    public AppFolder requireAdded(AppEnvironment where, String path) {
        var plain = AppFolder.plain(path);
        if (steps.serving(where).map(Databases::named).orElse(List.of()).contains(plain)) {
            throw Databases.named(where, plain, plain);
        }
        return ports.data().folders().find(Databases.owner(where), plain).orElseThrow(() -> {
            var there = added(where);
            return Problem.user("data.unknown", where + " has no folder " + plain + " that was added")
                    .hint(
                            there.isEmpty()
                                    ? "`johwa data add " + where.name() + " folder --at " + plain + "` makes one"
                                    : "it has " + String.join(", ", there))
                    .exception();
        });
    }

    /// Refuses to remove a database that the next release would make again.
    ///
    /// @param word of its kind, as in `data:`
    /// @throws ProblemException when what is live names it
    public void requireNotWanted(AppEnvironment where, String word, String variable) {
        if (steps.serving(where)
                .filter(live -> live.settings().data().contains(word))
                .isPresent()) {
            throw Databases.named(where, word, variable);
        }
    }

    /// Ends or undoes what an earlier control plane began. Called once, after releases agree with what runs.
    void recover() {
        for (var folder : ports.data().folders().list()) {
            var where = AppEnvironment.of(folder.owner());
            switch (folder.state()) {
                case READY -> {}
                case LEAVING -> ports.data().folders().mark(folder, State.READY);
                case GOING ->
                    postponed.attempt("removing " + folder.path() + " of " + where, () -> goOn(where, folder));
            }
        }
    }

    private boolean goOn(AppEnvironment where, AppFolder folder) {
        if (turns.isTaken(where)) {
            return false;
        }
        endReplaced(where);
        steps.serving(where).flatMap(release -> place(release, folder.path())).ifPresent(Trees::delete);
        ports.data().folders().forget(folder);
        return true;
    }
}
