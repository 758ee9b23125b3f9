package dev.johwa.serve.release;

import dev.johwa.serve.release.OpenDeployments.Open;
import dev.johwa.serve.release.Release.State;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a deployment ends: what is written of it, and what is told.
final class Conclusions {
    private static final Logger LOG = LoggerFactory.getLogger(Conclusions.class);

    private final Ports ports;
    private final ReleaseStore store;
    private final AppEnvironments environments;
    private final InstanceStore instances;
    private final Live live;
    private final OpenDeployments openOnes;
    private final CanaryStore canaries;
    private final History history;

    Conclusions(Ports ports, ReleaseStore store, AppEnvironments environments, InstanceStore instances, Live live) {
        this.ports = ports;
        this.store = store;
        this.environments = environments;
        this.instances = instances;
        this.live = live;
        this.openOnes = new OpenDeployments(ports.database());
        this.canaries = new CanaryStore(ports.database());
        this.history = new History(ports.repositories());
    }

    void begin(Deployment going) {
        openOnes.begin(going);
    }

    CanaryStore canaries() {
        return canaries;
    }

    /// Deployments that nobody concluded.
    List<Open> open() {
        return openOnes.list();
    }

    void forget(AppEnvironment where) {
        openOnes.end(where);
    }

    /// The old stays, or serves again; the new is stopped and says why.
    Outcome abandon(Deployment going, DeploymentFailed why) {
        var where = going.where();
        var reason = Reason.of(ports, going, why);
        boolean wasCanary = endCanary(going);
        boolean served = environments.get(where).release() == going.release().number()
                && going.before() != going.release().number();
        boolean hadTraffic = served || wasCanary;
        if (served) {
            environments.serve(where, going.before(), going.secretsBefore());
        }
        if (hadTraffic) {
            live.routes().apply();
        }
        if (going.isRollback()) {
            store.mark(going.release(), State.RETIRED, "");
        } else {
            store.mark(going.release(), State.FAILED, reason.text());
        }
        tell(going, why, reason);
        var outcome = going.cancel().reason().map(Conclusions::cancelled).orElse("failed");
        finished(going, outcome, reason.text(), hadTraffic);
        if (wasCanary) {
            live.fleet().drain(instances.of(going.release()));
        }
        live.fleet().stragglers().stop(instances.of(going.release()));
        if (live.routes().release(where)) {
            store.find(where, going.before()).ifPresent(old -> live.fleet().startAll(old, going.secretsBefore()));
            live.routes().apply();
        }
        return new Outcome(where, going.release().number(), false, "", reason.text(), reason.advice());
    }

    /// From then on it is a deployment that is not over: whatever cuts this off, it is ended as any other is.
    ///
    /// @return whether it was a canary
    private boolean endCanary(Deployment going) {
        return ports.database().write(handle -> {
            boolean wasCanary = canaries.end(going.where(), going.release().number());
            if (wasCanary) {
                openOnes.begin(going);
            }
            return wasCanary;
        });
    }

    private static String cancelled(String reason) {
        return reason.startsWith("superseded") ? "superseded" : "cancelled";
    }

    private void tell(Deployment going, DeploymentFailed why, Reason reason) {
        var progress = going.progress();
        progress.say("");
        progress.say("  Not live: " + why.reason());
        if (!why.details().isEmpty()) {
            progress.say("");
            why.details().forEach(line -> progress.say("    " + line));
            progress.say("");
        }
        reason.advice().forEach(line -> progress.say("  " + line));
        if (store.find(going.where(), going.release().number())
                .map(Release::releaseCommandRan)
                .orElse(false)) {
            progress.say("  The release command ran: what it changed in data stays.");
        }
        progress.say(
                going.before() == 0
                        ? "  Nothing serves " + going.where() + " yet."
                        : "  Release " + going.before() + " keeps serving.");
    }

    void record(Deployment going) {
        if (going.before() != 0 && going.before() != going.release().number()) {
            store.find(going.where(), going.before()).ifPresent(old -> store.mark(old, State.RETIRED, ""));
        }
        store.mark(going.release(), State.LIVE, "");
        finished(going, "live", "", true);
        environments.learn(going.where(), true);
    }

    private void finished(Deployment going, String outcome, String reason, boolean hadTraffic) {
        var where = going.where();
        var release = going.release();
        var previous = store.find(where, going.before());
        var commit = previous.map(Release::commit).orElse("");
        var changes = outcome.equals("live") && !going.isRollback()
                ? history.changes(where.project(), commit, release.commit(), id -> wasThere(where, release, id))
                : List.<DeploymentFinished.Change>of();
        var fact = new DeploymentFinished(
                where.project(),
                where.app(),
                where.environment(),
                release.number(),
                release.commit(),
                release.artifact().text(),
                going.kind(),
                outcome,
                reason,
                going.startedAt(),
                ports.clock().now(),
                going.before(),
                commit,
                changes,
                hadTraffic);
        ports.database().write(handle -> {
            ports.facts().append(handle, fact);
            openOnes.end(where);
            return 0;
        });
        LOG.info(
                "deployment app={} release={} kind={} outcome={} reason={}",
                where,
                release.number(),
                going.kind(),
                outcome,
                reason);
    }

    /// Whether a commit came to this environment with an earlier release already.
    private boolean wasThere(AppEnvironment where, Release release, String commit) {
        return store.list(where).stream()
                .filter(each -> each.number() < release.number() && store.wasLive(where, each.number()))
                .map(Release::commit)
                .distinct()
                .limit(20)
                .anyMatch(earlier ->
                        ports.repositories().resolve(where.project(), earlier).isPresent()
                                && ports.repositories().isAncestor(where.project(), commit, earlier));
    }
}
