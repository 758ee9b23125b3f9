package dev.johwa.build.pipeline;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.process.Running;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.task.Tasks;
import dev.johwa.source.git.CheckedOut;
import dev.johwa.source.git.CheckoutPlace;
import dev.johwa.source.git.Progress;
import dev.johwa.source.git.Repositories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Makes the places where runs work.
public final class Workshop {
    private static final String ASIDE = "work-left-";
    private static final String SUBMODULE =
            "  note      submodules are not fetched; empty here (copy the files in, or install a package): ";

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final int STEP_DEPTH = 3;

    private final Places places;
    private final Map<String, String> machine;
    private final Processes processes;
    private final Repositories repositories;
    private final Tasks tasks;
    private final Desks desks;

    /// Folders of the server.
    ///
    /// @param data all of its state, which no step may see
    /// @param work of workspaces, emptied at start
    /// @param apps of the projects, with the HOME and the desks of their steps, see [Desks]
    public record Places(Path data, Path work, Path apps) {}

    /// @param machine values of the server's own environment that tools need to reach registries (proxies,
    ///     certificates)
    /// @param tasks deletes workspaces beside the work
    public Workshop(
            Places places, Map<String, String> machine, Processes processes, Repositories repositories, Tasks tasks) {
        this.places = places;
        this.machine = Map.copyOf(machine);
        this.processes = processes;
        this.repositories = repositories;
        this.tasks = tasks;
        this.desks = new Desks(places.apps(), Desks.BUDGET);
    }

    /// Whose work it is.
    ///
    /// @param account unix account of its steps, 0 for the server's own
    /// @param isAnew whether nothing of earlier runs may lie there
    /// @param cancel ends also what the server does for it
    record Who(Trust trust, int account, boolean isAnew, Cancel cancel) {}

    /// Checks out a commit into a workspace: at the desk where its branch was last, where dependencies and
    /// half-finished work lie, and where files that are not different keep their times.
    ///
    /// @param progress hears what of the commit does not come along
    Workspace open(Run run, Who who, Progress progress) {
        var folder = places.work().resolve(run.project() + "-" + run.number() + "-" + run.attempt());
        var branches = Stream.concat(Stream.of(run.branch()), repositories.defaultBranch(run.project()).stream());
        int account = who.account();
        var desk = desks.take(who.trust(), branches.toList());
        var workspace = new Workspace(this, folder, desk, who);
        try {
            Trees.delete(folder);
            Trees.own(Files.createDirectories(folder.resolve("tmp")), account);
            if (who.isAnew()) {
                desk.keep(Map.of(), Set.of());
                Trees.delete(desk.source());
            }
            new DependencyStores(desks).bring(who.trust(), who.cancel());
            checkOut(run, desk, who).submodules().forEach(place -> progress.say(SUBMODULE + place));
            Trees.own(desks.home(who.trust()), account);
            return workspace;
        } catch (IOException e) {
            workspace.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            workspace.close();
            throw e;
        }
    }

    private CheckedOut checkOut(Run run, Desk desk, Who who) throws IOException {
        var before = desk.takeCheckedOut();
        if (!Files.isDirectory(desk.source())) {
            Trees.own(Files.createDirectory(desk.source()), who.account());
        }
        var place = new CheckoutPlace(desk.source(), before, desk.spared(), who.account(), who.cancel());
        var written = repositories.checkOut(run.project(), run.commit(), place);
        desk.checkedOut(written, run.branch(), !before.files().isEmpty());
        return written;
    }

    Places places() {
        return places;
    }

    Map<String, String> machine() {
        return machine;
    }

    Processes processes() {
        return processes;
    }

    Tasks tasks() {
        return tasks;
    }

    Desks desks() {
        return desks;
    }

    /// Why steps run as plain processes; empty when they run in a sandbox.
    String unconfined() {
        var ability = processes.ability();
        return ability.sandbox().isPresent() ? "" : ability.why();
    }

    boolean switchesUsers() {
        return processes.ability().switchesUsers();
    }

    /// Ends and removes what runs of an earlier control plane left: nothing of theirs writes at a desk any more. Their
    /// files go beside the work, for there may be many.
    void clean() {
        endUnfinished(places.work(), processes);
        setAside();
        var _ = tasks.run("left workspaces", () -> aside().forEach(Trees::delete));
    }

    /// New runs work in a folder of that name meanwhile.
    private void setAside() {
        if (!Files.exists(places.work())) {
            return;
        }
        try {
            Files.move(
                    places.work(),
                    Files.createTempDirectory(places.work().getParent(), ASIDE).resolve("work"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> aside() {
        if (!Files.exists(places.work().getParent())) {
            return List.of();
        }
        try (var beside = Files.list(places.work().getParent())) {
            return beside.filter(folder -> folder.getFileName().toString().startsWith(ASIDE))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the steps of runs whose control plane is no more.
    ///
    /// @param work of workspaces, see [Places]
    public static void endUnfinished(Path work, Processes processes) {
        steps(work).stream()
                .map(Running::leftIn)
                .filter(step -> isUnfinished(step, processes))
                .forEach(step -> processes.stop(step, AT_ONCE));
    }

    /// Nobody saw it end, or nobody ended those that it started and left.
    private static boolean isUnfinished(Running step, Processes processes) {
        return !Files.exists(step.folder().resolve("exit")) || processes.isAnyLeft(step);
    }

    /// Folders of steps: `PROJECT-1-1/steps/1`.
    private static List<Path> steps(Path work) {
        if (!Files.isDirectory(work)) {
            return List.of();
        }
        try (Stream<Path> runs = Files.walk(work, STEP_DEPTH)) {
            return runs.filter(place -> place.resolveSibling("").endsWith("steps"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
