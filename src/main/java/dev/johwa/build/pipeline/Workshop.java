package dev.johwa.build.pipeline;

import dev.johwa.lib.process.Processes;
import dev.johwa.lib.task.Tasks;
import dev.johwa.source.git.Progress;
import dev.johwa.source.git.Repositories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Makes the places where runs work.
public final class Workshop {
    private static final String SUBMODULE =
            "  note      submodules are not fetched; empty here (copy the files in, or install a package): ";

    private final Places places;
    private final Map<String, String> machine;
    private final Processes processes;
    private final Repositories repositories;
    private final Tasks tasks;
    private final Caches caches;

    /// Folders of the server.
    ///
    /// @param data all of its state, which no step may see
    /// @param work of workspaces, emptied at start
    /// @param apps of the projects: `PROJECT/home` is the HOME of its steps, `PROJECT/cache` keeps dependencies
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
        this.caches = new Caches(places.apps(), Caches.BUDGET);
    }

    /// Checks out a commit into a workspace of its own.
    ///
    /// @param account unix account of its steps, 0 for the server's own
    /// @param progress hears what of the commit does not come along
    Workspace open(Run run, int account, Progress progress) {
        var folder = places.work().resolve(run.project() + "-" + run.number() + "-" + run.attempt());
        var home = caches.enter(run.project());
        var workspace = new Workspace(this, folder, home, run.project(), account);
        try {
            Trees.delete(folder);
            var source = Files.createDirectories(folder.resolve("source"));
            repositories
                    .checkOut(run.project(), run.commit(), source)
                    .forEach(place -> progress.say(SUBMODULE + place));
            Trees.own(source, account);
            Trees.own(home, account);
            Trees.own(Files.createDirectories(folder.resolve("tmp")), account);
            return workspace;
        } catch (IOException e) {
            workspace.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            workspace.close();
            throw e;
        }
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

    Caches caches() {
        return caches;
    }

    /// Why steps run as plain processes; empty when they run in a sandbox.
    String unconfined() {
        var ability = processes.ability();
        return ability.sandbox().isPresent() ? "" : ability.why();
    }

    boolean switchesUsers() {
        return processes.ability().switchesUsers();
    }

    /// Removes what runs of an earlier control plane left.
    void clean() {
        Trees.delete(places.work());
    }
}
