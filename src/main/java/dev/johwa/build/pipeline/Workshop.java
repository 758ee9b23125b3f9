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

/// Makes the places where runs work, and keeps what is worth keeping between them.
///
/// @param work folder of workspaces, emptied at start
/// @param apps folder of the projects: `PROJECT/home` is the HOME of its steps, `PROJECT/cache` keeps dependencies
/// @param machine values of the server's own environment that tools need to reach registries (proxies, certificates)
/// @param tasks deletes workspaces beside the work
public record Workshop(
        Path work,
        Path apps,
        Map<String, String> machine,
        Processes processes,
        Repositories repositories,
        Tasks tasks) {
    private static final String SUBMODULE =
            "  note      submodules are not fetched; empty here (copy the files in, or install a package): ";

    /// Checks out a commit into a workspace of its own.
    ///
    /// @param account unix account of its steps, 0 for the server's own
    /// @param progress hears what of the commit does not come along
    Workspace open(Run run, int account, Progress progress) {
        var folder = work.resolve(run.project() + "-" + run.number() + "-" + run.attempt());
        try {
            Trees.delete(folder);
            var source = Files.createDirectories(folder.resolve("source"));
            repositories
                    .checkOut(run.project(), run.commit(), source)
                    .forEach(place -> progress.say(SUBMODULE + place));
            var home = Files.createDirectories(apps.resolve(run.project()).resolve("home"));
            Trees.own(source, account);
            Trees.own(home, account);
            return new Workspace(this, folder, home, run.project(), account);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path cache(String project) {
        return apps.resolve(project).resolve("cache");
    }

    boolean switchesUsers() {
        return processes.ability().switchesUsers();
    }

    /// Removes what runs of an earlier control plane left.
    void clean() {
        Trees.delete(work);
    }
}
