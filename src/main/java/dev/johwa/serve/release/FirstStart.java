package dev.johwa.serve.release;

import dev.johwa.lib.http.Probe.Answer;
import dev.johwa.lib.process.Exit;
import dev.johwa.serve.release.InstanceStore.Kept;
import dev.johwa.serve.target.Observation;
import dev.johwa.source.detect.Detection.Service;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Corrects a guess. Sources only hint at what a program does; when it runs for the first time, it shows it: what was
/// taken for a worker or a job and answers HTTP is served, and what was taken for a web service and ends well without
/// ever listening is a job. What a file says is never corrected, and later releases know what the one before them
/// showed.
final class FirstStart {
    private static final Duration WATCHED = Duration.ofSeconds(5);
    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(15);
    private static final String INDENT = "            ";
    /// What says so has failed, whatever status it gave.
    private static final Pattern TRACE = Pattern.compile(
            "^\\s+at \\S.*:\\d+\\)?$|^Traceback \\(most recent|^panic: |^Exception in thread|^Uncaught ");

    private final Ports ports;
    private final ReleaseStore store;
    private final InstanceStore instances;
    private final Snapshots snapshots;
    private final Live live;

    FirstStart(Ports ports, ReleaseStore store, InstanceStore instances, Live live) {
        this.ports = ports;
        this.store = store;
        this.instances = instances;
        this.snapshots = new Snapshots(ports);
        this.live = live;
    }

    /// A release that is not stored yet, as the one that serves now showed the same command to be.
    Release asBefore(Release draft, int current) {
        var before = store.find(draft.where(), current).filter(release -> isSame(release, draft));
        if (!isCorrectable(draft) || draft.detection().service() == Service.WEB || before.isEmpty()) {
            return draft;
        }
        boolean serves = before.get().detection().service() == Service.WEB
                || instances.of(before.get()).stream()
                        .anyMatch(kept -> serves(live.fleet().observe(kept)));
        return serves ? snapshots.as(draft, Service.WEB).orElse(draft) : draft;
    }

    private static boolean isSame(Release one, Release other) {
        var command = List.copyOf(one.detection().start().values());
        return command.equals(List.copyOf(other.detection().start().values()));
    }

    private boolean isCorrectable(Release release) {
        var found = release.detection();
        return found.guessed()
                && found.start().size() == 1
                && release.settings().service() == found.service();
    }

    /// Whether nothing but a guess says what this is.
    boolean isOpen(Deployment going) {
        var release = going.release();
        var before = store.find(going.where(), going.before()).filter(each -> isSame(each, release));
        boolean isNew = before.isEmpty()
                || release.detection().service() == Service.WEB
                        && before.get().detection().service() == Service.JOB;
        return isNew
                && !going.isRollback()
                && isCorrectable(release)
                && snapshots.as(release, opposite(release)).isPresent();
    }

    private static Service opposite(Release release) {
        return switch (release.detection().service()) {
            case WORKER, JOB -> Service.WEB;
            case WEB, STATIC, FUNCTION, LIBRARY -> Service.JOB;
        };
    }

    /// Watches the first moments of a worker that runs, and starts a job for it.
    ///
    /// @return the deployment of a web service, where it is one; it is stored so, and none of its instances is left
    Optional<Deployment> look(Deployment going) {
        return switch (going.release().detection().service()) {
            case WORKER -> watch(going, instances.of(going.release()));
            case JOB -> tryOnce(going);
            case WEB, STATIC, FUNCTION, LIBRARY -> Optional.empty();
        };
    }

    private Optional<Deployment> tryOnce(Deployment going) {
        var trial = going.release().detection().as(Service.WORKER);
        var running = snapshots
                .as(going.release(), Service.WORKER)
                .orElseGet(() -> going.release().with(trial, going.release().settings()));
        var started = List.of(live.fleet().start(running, "worker", going.secretsVersion()));
        try {
            return watch(going, started);
        } finally {
            live.fleet().stop(started);
        }
    }

    private Optional<Deployment> watch(Deployment going, List<Kept> started) {
        if (started.isEmpty()) {
            return Optional.empty();
        }
        var kept = started.getFirst();
        long deadline = ports.clock().ticks() + WATCHED.toNanos();
        var seen = live.fleet().observe(kept);
        while (ports.clock().ticks() < deadline && seen.isAlive()) {
            if (serves(seen)) {
                return Optional.of(serve(going, started, seen.address().orElseThrow()));
            }
            pause(going);
            seen = live.fleet().observe(kept);
        }
        tell(going, seen);
        return Optional.empty();
    }

    private boolean serves(Observation seen) {
        return seen.offered()
                && seen.address()
                        .filter(at -> !(ports.probe().get(at, "localhost", "/", PROBE) instanceof Answer.Nothing))
                        .isPresent();
    }

    private Deployment serve(Deployment going, List<Kept> started, String address) {
        var port = address.substring(address.lastIndexOf(':') + 1);
        going.progress()
                .say(INDENT + "it listens on " + port + ", so it is served at "
                        + live.routes().url(going.where()));
        going.progress().say(INDENT + "`service: " + name(going.release()) + "` in johwa.yaml keeps it from that");
        live.fleet().stop(started);
        return shown(going, Service.WEB);
    }

    private Deployment shown(Deployment going, Service service) {
        var release = snapshots.as(going.release(), service).orElseThrow();
        store.show(release);
        return going.with(release);
    }

    private static String name(Release release) {
        return release.detection().service() == Service.JOB ? "job" : "worker";
    }

    private static void tell(Deployment going, Observation seen) {
        seen.address()
                .ifPresent(at -> going.progress()
                        .say(INDENT + "it listens on " + at + " and is not served: "
                                + (seen.offered() ? "no HTTP is spoken there" : "nobody else is meant to reach it")
                                + "; `service: web` in johwa.yaml says otherwise"));
        if (going.release().detection().service() == Service.JOB) {
            var how =
                    seen.exit().map(Exit::text).orElse("it went on for " + WATCHED.toSeconds() + " s and was stopped");
            going.progress()
                    .say(INDENT + "it was started once, to see whether it listens: " + how
                            + "; `service: worker` in johwa.yaml keeps it running");
        }
    }

    private void pause(Deployment going) {
        going.cancel().reason().ifPresent(reason -> {
            throw new DeploymentFailed(reason);
        });
        try {
            ports.clock().sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeploymentFailed("the server stops");
        }
    }

    /// A web service whose start failed, as a job, when all that happened is that it ended well without listening, and
    /// nothing is taken off that serves.
    ///
    /// @return empty when the failure is one
    Optional<Deployment> asJob(Deployment going) {
        var all = instances.of(going.release());
        boolean endedWell = !all.isEmpty()
                && all.stream()
                        .allMatch(kept -> kept.address().isEmpty()
                                && live.fleet()
                                        .observe(kept)
                                        .exit()
                                        .filter(Exit::isSuccess)
                                        .isPresent());
        boolean served = store.find(going.where(), going.before())
                .filter(Release::isServed)
                .isPresent();
        if (!endedWell || served || going.release().detection().service() != Service.WEB) {
            return Optional.empty();
        }
        var words = live.fleet().lastWords(all.getFirst(), 20);
        if (words.stream().anyMatch(line -> TRACE.matcher(line).find())) {
            return Optional.empty();
        }
        words.forEach(line -> going.progress().say(INDENT + line));
        going.progress()
                .say(INDENT + "it ended with success and never listened, so it is a job: nothing of it is kept running;"
                        + " `service: web` in johwa.yaml says otherwise");
        live.fleet().stop(all);
        return Optional.of(shown(going, Service.JOB));
    }
}
