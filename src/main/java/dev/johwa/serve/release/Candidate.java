package dev.johwa.serve.release;

import dev.johwa.lib.http.Probe.Answer;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.release.InstanceStore.Kept;
import dev.johwa.serve.target.Observation;
import dev.johwa.source.config.Written;
import dev.johwa.source.git.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The instances of a release before they get traffic: healthy or not, verified or not. Used by one thread.
final class Candidate {
    private static final Duration PROBE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(15);
    private static final int LAST_LINES = 200;
    private static final int MOST_MOVES = 3;

    private final Ports ports;
    private final Live live;
    private final Fleet fleet;
    private final Release release;
    private final Progress progress;
    private final Cancel cancel;
    private List<Kept> instances = List.of();

    Candidate(Ports ports, Live live, Release release, Progress progress, Cancel cancel) {
        this.ports = ports;
        this.live = live;
        this.fleet = live.fleet();
        this.release = release;
        this.progress = progress;
        this.cancel = cancel;
    }

    List<Kept> instances() {
        return instances;
    }

    /// Takes instances that run already.
    void adopt(List<Kept> warm) {
        instances = warm;
    }

    void start(long secretsVersion) {
        instances = fleet.startAll(release, secretsVersion);
    }

    /// Waits until each instance answers where it listens, and then so long as this app needs to show whether it stays
    /// up.
    void awaitHealthy(long settleMillis) {
        long start = ports.clock().ticks();
        var healthy = new ArrayList<Kept>();
        for (var kept : instances) {
            healthy.add(awaitHealthy(kept));
        }
        instances = healthy;
        if (instances.isEmpty() && release.settings().processes().containsKey("web")) {
            progress.stage("start", "scaled to 0: nothing starts, and nothing is verified", -1);
        }
        if (!instances.isEmpty()) {
            sleep(Duration.ofMillis(settleMillis));
            instances.forEach(this::requireAlive);
            progress.stage("start", counted(), (ports.clock().ticks() - start) / 1_000_000);
        }
    }

    private String counted() {
        long done = instances.stream()
                .filter(kept -> fleet.isDone(release, kept, fleet.observe(kept)))
                .count();
        if (done > 0) {
            return done + " of " + instances.size() + " ended well, as the compose file lets it";
        }
        return instances.size() + (instances.size() == 1 ? " instance is" : " instances are") + " healthy";
    }

    private Kept awaitHealthy(Kept first) {
        var kept = first;
        int moves = 0;
        var within = release.settings().health().within();
        long deadline = ports.clock().ticks() + within.toNanos();
        Optional<String> address = Optional.empty();
        String last = "does not listen on a port";
        while (ports.clock().ticks() < deadline) {
            requireNotCancelled();
            var seen = fleet.observe(kept);
            if (seen.exit().isPresent() && moves < MOST_MOVES && ports.target().lostItsPort(kept.instance())) {
                moves++;
                kept = fleet.startElsewhere(release, kept);
                progress.say("            another program took its port; it starts again");
                continue;
            }
            requireAlive(kept, seen);
            address = seen.address();
            last = seen.ailing().orElse(last);
            if (!kept.isWeb() && seen.ailing().isEmpty()) {
                return kept;
            }
            if (kept.isWeb() && address.isPresent() && seen.ailing().isEmpty()) {
                last = unhealthy(address.get());
                if (last.isEmpty()) {
                    seen.notes().forEach(note -> progress.say("            " + note));
                    return fleet.at(kept, address.get());
                }
            }
            sleep(PAUSE);
        }
        var place = address.map(at -> " at " + at).orElse("");
        boolean isAsking = address.isEmpty() && ports.target().waitsForInput(kept.instance());
        var said = isAsking ? Reason.WAITS_FOR_INPUT + " and " + last : last;
        throw failed(kept, kept.instance().process() + place + " " + said + " within " + within.toSeconds() + " s");
    }

    /// Why it is not healthy there; empty when it is.
    private String unhealthy(String address) {
        var path = release.settings().health().path();
        if (path.isEmpty()) {
            return ports.probe().connects(address, PROBE) ? "" : "does not accept a connection";
        }
        var answer = ports.probe().get(address, "localhost", path.get(), PROBE);
        boolean good = answer instanceof Answer.Status(int code) && code < 400;
        return good ? "" : path.get() + " " + answer.text();
    }

    /// The default check, and the project's own commands, on the candidate itself.
    void verify(long secretsVersion) {
        long start = ports.clock().ticks();
        var web = instances.stream().filter(Kept::isWeb).toList();
        var path = release.settings().health().path().orElse("/");
        for (var kept : web) {
            var answer = firstAnswer(kept, path);
            if (!answer.isWell()) {
                throw failed(kept, path + " " + answer.text());
            }
            requireAlive(kept);
        }
        for (var command : release.settings().verify()) {
            var trial = Trial.named(command);
            if (trial.isPresent()) {
                play(trial.get(), secretsVersion);
            } else {
                verify(command, web, secretsVersion);
            }
        }
        if (!web.isEmpty() || !release.settings().verify().isEmpty()) {
            progress.stage("verify", verified(path), (ports.clock().ticks() - start) / 1_000_000);
        }
    }

    /// It may take as long as the start: many an application loads the rest of itself only then. What refuses, fails or
    /// dies meanwhile is not waited for.
    private Answer firstAnswer(Kept kept, String path) {
        long deadline =
                ports.clock().ticks() + release.settings().health().within().toNanos();
        while (true) {
            requireNotCancelled();
            long asked = ports.clock().ticks();
            var answer = ports.probe().get(kept.address(), "localhost", path, PROBE);
            long now = ports.clock().ticks();
            if (!(answer instanceof Answer.Nothing) || now - asked < PROBE.toNanos() || now >= deadline) {
                return answer;
            }
            requireAlive(kept);
        }
    }

    /// Through the edge it has a name of its own meanwhile, which nobody else knows.
    private void play(Trial.Named named, long secretsVersion) {
        var trial = trial(named);
        var host = "try-" + UUID.randomUUID() + "." + ports.domain();
        var door = new Stage.Door(host, wrong -> live.routes().trouble(host, wrong), false);
        var stage = new Stage(ports, fleet, new Stage.Cast(release, () -> instances, secretsVersion), door);
        try {
            live.routes().show(host, release);
            ports.trials().play(stage, trial, progress, cancel).ifPresent(unsteady -> {
                throw new DeploymentFailed("verify: " + unsteady.reason(), unsteady.lines());
            });
        } finally {
            live.routes().hide(host);
        }
        instances = instances.stream()
                .map(kept -> stage.killed().contains(kept.instance().id()) ? again(kept) : kept)
                .toList();
    }

    /// Nobody tends a candidate: what was killed on purpose would be missing when its users come.
    private Kept again(Kept killed) {
        return awaitHealthy(fleet.startElsewhere(release, killed));
    }

    private Trial trial(Trial.Named named) {
        var folder = release.settings().folder();
        var path = folder.equals(".") ? named.file() : folder + "/" + named.file();
        var text = ports.repositories()
                .file(release.where().project(), release.commit(), path)
                .orElseThrow(() -> new DeploymentFailed("verify: there is no file " + path + " in the repository"));
        return new Trial(named.file(), text, named.inProduction(), "verify");
    }

    private String verified(String path) {
        int commands = release.settings().verify().size();
        return path + " answers"
                + (commands == 0 ? "" : ", " + commands + (commands == 1 ? " check" : " checks") + " passed");
    }

    private void verify(List<String> command, List<Kept> web, long secretsVersion) {
        if (Written.command(command).startsWith("johwa chaos ")) {
            throw new DeploymentFailed(
                    "verify: '" + Written.command(command) + "' is not read here",
                    List.of("write `johwa chaos run FILE`, with --production behind it where production is meant"));
        }
        Map<String, String> values = web.isEmpty()
                ? Map.of()
                : Map.of("APP_URL", "http://" + web.getFirst().address());
        var lines = new ArrayList<String>();
        var exit = fleet.run(
                release,
                new Fleet.Step("verify", command, values, secretsVersion),
                (channel, line) -> keep(lines, line),
                cancel);
        if (!exit.isSuccess()) {
            throw new DeploymentFailed("verify: " + Written.command(command) + ": " + exit.text(), lines);
        }
    }

    static void keep(List<String> lines, String line) {
        lines.add(line);
        if (lines.size() > LAST_LINES) {
            lines.removeFirst();
        }
    }

    private void requireAlive(Kept kept) {
        requireAlive(kept, fleet.observe(kept));
    }

    /// A worker may have done its work already.
    private void requireAlive(Kept kept, Observation seen) {
        boolean isDone = !kept.isWeb() && seen.exit().filter(Exit::isSuccess).isPresent();
        if (seen.exit().isPresent() && !isDone) {
            throw failed(
                    kept,
                    kept.instance().process() + " ended: " + seen.exit().get().text());
        }
    }

    private DeploymentFailed failed(Kept kept, String reason) {
        return new DeploymentFailed(reason, fleet.lastWords(kept, LAST_LINES));
    }

    private void requireNotCancelled() {
        cancel.reason().ifPresent(reason -> {
            throw new DeploymentFailed(reason);
        });
    }

    private void sleep(Duration duration) {
        try {
            ports.clock().sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeploymentFailed("the server stops");
        }
    }
}
