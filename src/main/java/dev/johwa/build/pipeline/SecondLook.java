package dev.johwa.build.pipeline;

import dev.johwa.build.toolchain.ToolStore;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.detect.Detection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Looks at an app again once its packages are installed: the lock files of Yarn and Bun do not tell on what those run.
/// The runtime that they want is used from there on. Safe for use by many threads.
final class SecondLook {
    private static final Set<String> LATE = Set.of("yarn", "bun");
    private static final int MOST_TOLD = 3;

    private final Jobs jobs;
    private final Workspace workspace;
    private final ToolStore tools;
    private final ToolStore.Lease runtimes;

    /// @param runtimes holds those that the run uses
    SecondLook(Jobs jobs, Workspace workspace, ToolStore tools, ToolStore.Lease runtimes) {
        this.jobs = jobs;
        this.workspace = workspace;
        this.tools = tools;
        this.runtimes = runtimes;
    }

    /// The app as it goes on, to be installed again by another runtime; empty where that in use fits, or no other is
    /// to be had.
    ///
    /// @param installed the stage that is just over
    Optional<Job> of(Job job, Stages.Stage installed) {
        var before = job.detection();
        if (!LATE.contains(before.packageManager().orElse(""))) {
            return Optional.empty();
        }
        try (var _ = tools.lease()) {
            var now = jobs.look(job).filter(after -> isOther(before, after));
            if (now.isEmpty()) {
                return Optional.empty();
            }
            var whys = whys(before, now.get());
            whys.forEach(why -> installed.say("            note      " + why));
            var other = jobs.fetched(job, now.get())
                    .filter(after -> !after.version().equals(before.version()));
            if (other.isEmpty()) {
                return Optional.empty();
            }
            takeAwayWhatIsNotCommitted(job);
            var again = jobs.look(job).map(after -> jobs.again(job, after));
            again.ifPresent(each ->
                    runtimes.add(each.detection().tools().stream().map(Path::of).collect(Collectors.toSet())));
            return again;
        } catch (ProblemException e) {
            // An installer left a file that cannot be read; it says nothing of the runtime then.
            return Optional.empty();
        }
    }

    private static boolean isOther(Detection before, Detection after) {
        return !after.version().equals(before.version()) || !after.missing().equals(before.missing());
    }

    private static List<String> whys(Detection before, Detection after) {
        return after.evidence().stream()
                .filter(each -> !before.evidence().contains(each) && each.why().contains(" runs on "))
                .map(each -> each.why() + ", and " + before.version().orElse("none") + " is used")
                .limit(MOST_TOLD)
                .toList();
    }

    /// The next push does not find the lock file that an installer wrote, and has to come to the same.
    private void takeAwayWhatIsNotCommitted(Job job) {
        job.detection().caches().stream()
                .flatMap(cache -> job.places(cache.key()).stream())
                .distinct()
                .forEach(workspace::takeAwayUncommitted);
    }
}
