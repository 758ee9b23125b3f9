package dev.johwa.build.pipeline;

import dev.johwa.lib.task.Tasks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// The work for several apps, side by side as far as the machine has processors. Apps that share a folder, as the
/// packages of a workspace do, wait for each other, as do the tests and the build of one app: both write where the
/// other reads. Used once.
final class AppBuilds {
    private final Tasks tasks;
    private final int atOnce;

    AppBuilds(Tasks tasks, int atOnce) {
        this.tasks = tasks;
        this.atOnce = atOnce;
    }

    /// Returns when all have ended; one after another until the first that fails when only one goes on at a time.
    ///
    /// @throws RuntimeException what the first that failed threw, in the order of the apps
    void runAll(List<Build> builds, Consumer<Build> work) {
        if (atOnce == 1 || builds.size() == 1) {
            builds.forEach(work);
            return;
        }
        var places = new Semaphore(atOnce, true);
        var going = new ArrayList<CompletableFuture<Integer>>();
        for (var group : groups(builds)) {
            going.add(tasks.call("build " + group.getFirst().job().app(), () -> runAll(group, work, places)));
        }
        going.forEach(each -> each.handle((done, failure) -> done).join());
        going.forEach(Tasks::answer);
    }

    private static int runAll(List<Build> group, Consumer<Build> work, Semaphore places) {
        for (var build : group) {
            places.acquireUninterruptibly();
            try {
                work.accept(build);
            } finally {
                places.release();
            }
        }
        return group.size();
    }

    /// In each those that share a folder.
    private static List<List<Build>> groups(List<Build> builds) {
        var groups = new ArrayList<List<Build>>();
        for (var build : builds) {
            var group = new ArrayList<Build>();
            for (var other : List.copyOf(groups)) {
                if (other.stream().anyMatch(each -> share(each.job(), build.job()))) {
                    group.addAll(other);
                    groups.remove(other);
                }
            }
            group.add(build);
            groups.add(group);
        }
        return groups;
    }

    private static boolean share(Job one, Job other) {
        return !Collections.disjoint(folders(one), folders(other));
    }

    private static Set<String> folders(Job job) {
        var folders = new HashSet<>(job.dependencies());
        folders.addAll(job.places(job.detection().layers()));
        folders.addAll(job.places(job.detection().kept()));
        return folders;
    }
}
