package dev.johwa.serve.release;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.task.Tasks;
import dev.johwa.lib.text.Near;
import dev.johwa.serve.release.InstanceStore.Kept;
import dev.johwa.source.git.Progress;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/// One restart of a release: instance by instance, the new one before the old one goes. Called with the turn of the app
/// taken, by one thread.
final class Rolling {
    private final Ports ports;
    private final Steps steps;
    private final Crashes crashes;
    private final Release release;
    private final Progress progress;
    private final List<CompletableFuture<Void>> ends = new ArrayList<>();
    private int started;
    private boolean isStopped;

    Rolling(Ports ports, Steps steps, Crashes crashes, Release release, Progress progress) {
        this.ports = ports;
        this.steps = steps;
        this.crashes = crashes;
        this.release = release;
        this.progress = progress;
    }

    /// How many were started by now.
    int started() {
        return started;
    }

    /// How it is after one that could not be started.
    String left() {
        if (isStopped) {
            return "it is tried again";
        }
        return started == 0 ? "what ran before runs on" : started + " were started again, the others run on";
    }

    /// @throws DeploymentFailed at the first that cannot be started
    /// @throws ProblemException when there is no instance of that name
    void restart(Optional<String> only) {
        var old = steps.instances().of(release);
        var chosen = only.map(name -> List.of(named(name, old))).orElse(old);
        try {
            chosen.forEach(this::replace);
            if (only.isEmpty()) {
                fill();
            }
        } finally {
            // Requests in flight finish beside each other.
            ends.forEach(Tasks::answer);
        }
    }

    private Kept named(String name, List<Kept> there) {
        var fitting = there.stream().filter(kept -> isNamed(kept, name)).toList();
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        var earlier = steps.instances().of(release.where()).stream()
                .filter(kept -> !kept.isOf(release) && isNamed(kept, name))
                .findFirst();
        if (earlier.isPresent()) {
            throw Problem.user(
                            "instance.over",
                            earlier.get().instance().id() + " is of release "
                                    + earlier.get().instance().release() + ", which serves no more")
                    .hint("it stops by itself; release " + release.number() + " serves")
                    .exception();
        }
        var ids = there.stream().map(kept -> kept.instance().id()).toList();
        throw Problem.user("instance.unknown", "no instance '" + name + "' of " + release.where() + " runs")
                .hint(Near.question(name, ids)
                        .orElse(ids.isEmpty() ? "none runs" : "there run " + String.join(", ", ids)))
                .exception();
    }

    private static boolean isNamed(Kept kept, String name) {
        return kept.instance().id().equals(name) || kept.instance().id().endsWith("-" + name);
    }

    private void replace(Kept old) {
        long start = ports.clock().ticks();
        boolean goesFirst = (old.isWeb() || release.detection().isComposed())
                && !steps.live().fleet().runsBesideOthers(release);
        if (goesFirst) {
            makeRoom(old);
        }
        var fresh = begin(old.instance().process());
        if (!goesFirst) {
            leave(old);
        }
        tell(fresh + " instead of " + old.instance().id(), start);
    }

    /// Those that should run and do not, as after crashes.
    private void fill() {
        for (var process : release.settings().processes().keySet()) {
            long running = steps.instances().of(release).stream()
                    .filter(kept -> kept.instance().process().equals(process) && !kept.isLeaving())
                    .count();
            int wanted = steps.live().fleet().wanted(release, process);
            for (long i = running; i < wanted; i++) {
                long start = ports.clock().ticks();
                tell(begin(process) + ", which was missing", start);
            }
        }
    }

    private void tell(String what, long since) {
        progress.stage(Restarts.RESTART, what, (ports.clock().ticks() - since) / 1_000_000);
    }

    /// @return the name of the new one, which is healthy and reached
    private String begin(String process) {
        var before = ids();
        try {
            long secrets = steps.environments().get(release.where()).secretsVersion();
            var fresh = steps.live().fleet().start(release, process, secrets);
            var candidate = new Candidate(ports, steps.live(), release, words(), new Cancel());
            candidate.adopt(List.of(fresh));
            candidate.awaitHealthy(steps.environments().get(release.where()).settleMillis());
            crashes.forget(release, process);
            started++;
            isStopped = false;
            return candidate.instances().getFirst().instance().id();
        } catch (DeploymentFailed e) {
            endNew(before);
            throw e;
        } catch (ProblemException | UncheckedIOException e) {
            endNew(before);
            throw DeploymentFailed.by(e);
        } finally {
            steps.live().routes().release(release.where());
            steps.live().routes().apply();
        }
    }

    private void endNew(Set<String> before) {
        var fresh = steps.instances().of(release).stream()
                .filter(kept -> !before.contains(kept.instance().id()))
                .toList();
        steps.live().fleet().stop(fresh);
    }

    /// What is said of a start; that one is healthy is told by the restart itself.
    private Progress words() {
        return new Progress() {
            @Override
            public void say(String line) {
                progress.say(line);
            }

            @Override
            public void stage(String name, String text, long millis) {}
        };
    }

    private Set<String> ids() {
        return steps.instances().of(release).stream()
                .map(kept -> kept.instance().id())
                .collect(Collectors.toSet());
    }

    /// No new requests; those in flight finish, and then it ends, while the next is begun.
    private void leave(Kept old) {
        // A crash in between finds one too many, and the newest goes.
        steps.instances().setStopAt(old.instance().id(), Long.MAX_VALUE);
        steps.live().fleet().at(old, "");
        steps.live().routes().apply();
        ends.add(ports.tasks()
                .run("leave " + old.instance().id(), () -> steps.live().fleet().drainAndStop(List.of(old))));
    }

    /// It insists on a port that the old one has: that stops first, and requests wait at the edge meanwhile.
    private void makeRoom(Kept old) {
        progress.stage("hold", "it insists on its port: the old stops first, requests wait", -1);
        isStopped = true;
        steps.live().routes().hold(release.where());
        steps.live().fleet().drainAndStop(List.of(old));
    }
}
