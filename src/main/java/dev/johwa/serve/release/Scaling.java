package dev.johwa.serve.release;

import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.release.InstanceStore.Kept;
import dev.johwa.source.git.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Changes how many instances of a process run. Called with the turn of the app taken.
final class Scaling {
    private final Ports ports;
    private final Steps steps;

    Scaling(Ports ports, Steps steps) {
        this.ports = ports;
        this.steps = steps;
    }

    /// @param wanted by process
    void scale(AppEnvironment where, Map<String, Integer> wanted, Progress progress) {
        var current = steps.environments().get(where);
        var release = steps.store()
                .find(where, current.release())
                .orElseThrow(() -> new DeploymentFailed("nothing serves " + where));
        var there = List.copyOf(release.settings().processes().keySet());
        wanted.keySet().stream()
                .filter(process -> !there.contains(process))
                .findFirst()
                .ifPresent(unknown -> {
                    throw steps.noProcess(where, unknown, there).exception();
                });
        // All are written down before any changes: a crash between two leaves the rest to the supervisor.
        wanted.forEach((process, count) -> steps.environments().scale(where, process, count));
        wanted.forEach((process, count) -> scale(current, release, process, count, progress));
    }

    private void scale(
            AppEnvironments.Current current, Release release, String process, int wanted, Progress progress) {
        var now = steps.instances().of(release).stream()
                .filter(kept -> kept.instance().process().equals(process))
                .toList();
        if (current.sleeping()) {
            progress.say("  It sleeps; the next request wakes so many.");
        } else if (now.size() >= wanted) {
            shrink(now.subList(wanted, now.size()));
        } else {
            grow(release, process, wanted - now.size(), progress);
        }
        progress.stage("scale", process + ": " + now.size() + " → " + wanted, -1);
    }

    /// Requests in flight finish first.
    void shrink(List<Kept> surplus) {
        surplus.forEach(kept -> steps.live().fleet().at(kept, ""));
        steps.live().routes().apply();
        steps.live().fleet().drainAndStop(surplus);
    }

    private void grow(Release release, String process, int missing, Progress progress) {
        long secrets = steps.environments().get(release.where()).secretsVersion();
        var started = new ArrayList<Kept>();
        for (int i = 0; i < missing; i++) {
            started.add(steps.live().fleet().start(release, process, secrets));
        }
        var candidate = new Candidate(ports, steps.live(), release, progress, new Cancel());
        candidate.adopt(started);
        candidate.awaitHealthy(0);
        steps.live().routes().apply();
    }
}
