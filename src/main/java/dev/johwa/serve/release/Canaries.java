package dev.johwa.serve.release;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.release.Canary.Underway;
import dev.johwa.source.git.Progress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Releases that come to their users step by step: some requests go to the new one, the others to the old one, which
/// stays as it is. Who watches decides by [#advance] and [#takeBack], people by [#promote] and a rollback. Safe for use
/// by many threads.
///
/// What is to be is written before the edge is told, so that a control plane that is killed goes on where it was.
public final class Canaries {
    private static final Logger LOG = LoggerFactory.getLogger(Canaries.class);

    private final Ports ports;
    private final Steps steps;
    private final Turns turns;
    private final Unfinished unfinished;
    private final Moments moments;
    private final Promotion promotion;
    private final CanaryStore store;

    /// Makes a release serve that runs already.
    @FunctionalInterface
    interface Promotion {
        /// @param going its deployment, which is written as open by then
        Outcome live(Deployment going);
    }

    Canaries(Ports ports, Steps steps, Turns turns, Supervisor.Watched watched, Promotion promotion) {
        this.ports = ports;
        this.steps = steps;
        this.turns = turns;
        this.unfinished = watched.unfinished();
        this.moments = watched.moments();
        this.promotion = promotion;
        this.store = steps.conclusions().canaries();
    }

    /// All that there are now.
    public List<Underway> list() {
        return List.copyOf(moments.now().canaries().values());
    }

    /// The one there, when there is one.
    public Optional<Underway> of(AppEnvironment where) {
        return store.find(where)
                .flatMap(canary ->
                        steps.store().find(where, canary.release()).map(release -> new Underway(canary, release)));
    }

    /// The one there, where it is that release.
    public Optional<Underway> of(AppEnvironment where, int release) {
        return of(where).filter(underway -> underway.canary().release() == release);
    }

    /// The same for who shows many, read with what serves.
    public Optional<Underway> shown(AppEnvironment where) {
        return moments.now().canary(where);
    }

    /// Whether a release is to come step by step, and can; where it cannot, the pusher hears why.
    boolean isWanted(Deployment going) {
        var release = going.release();
        boolean isNew = going.kind().equals("push") || going.kind().equals("deploy");
        if (release.settings().rollout().steps().isEmpty() || !isNew) {
            return false;
        }
        var obstacle = obstacle(going);
        obstacle.ifPresent(why -> going.progress().say("            all at once, without a canary: " + why));
        return obstacle.isEmpty();
    }

    private Optional<String> obstacle(Deployment going) {
        var release = going.release();
        var fleet = steps.live().fleet();
        var old = steps.serving(going.where());
        if (old.isEmpty()) {
            return Optional.of("nothing serves yet");
        }
        if (!release.isServed() || !old.get().isServed()) {
            return Optional.of("no requests go to it");
        }
        if (steps.environments().get(going.where()).sleeping()) {
            return Optional.of("the release before sleeps");
        }
        boolean isRun = release.settings().processes().containsKey("web");
        if (isRun && fleet.wanted(release, "web") == 0) {
            return Optional.of("it is scaled to 0");
        }
        return fleet.runsBesideOthers(release) ? Optional.empty() : Optional.of("it does not run beside another");
    }

    /// Gives a release that passed its checks its first requests; its deployment is over for whoever pushed.
    void begin(Deployment going) {
        var now = ports.clock().now();
        var where = going.where();
        var canary = new Canary(
                where,
                going.release().number(),
                going.kind(),
                going.by(),
                going.secretsVersion(),
                going.startedAt(),
                now,
                0,
                now,
                "");
        ports.database().write(handle -> {
            store.begin(canary);
            steps.conclusions().forget(where);
            return 0;
        });
        steps.live().routes().apply();
    }

    /// Whether that deployment stands as a canary now.
    boolean isUnderway(Deployment going) {
        return store.find(going.where())
                .filter(canary -> canary.release() == going.release().number())
                .isPresent();
    }

    /// Tells the pusher how it stands.
    Outcome told(Deployment going) {
        var where = going.where();
        var progress = going.progress();
        of(where).ifPresent(underway -> progress.stage("canary", underway.text(), -1));
        progress.say("            Release " + going.before() + " serves the others. `johwa promote " + where.typed()
                + "` takes it on, `johwa rollback " + where.typed() + "` ends it.");
        var url = steps.live().routes().url(where);
        return new Outcome(where, going.release().number(), true, url, "", List.of());
    }

    /// To the next step, or to all users after the last.
    ///
    /// @param step that it is at, as whoever decides knows it: else nothing happens
    /// @return whether it went on
    public boolean advance(AppEnvironment where, int release, int step) {
        var turn = turns.takeIfFree(where);
        if (turn.isEmpty()) {
            return false;
        }
        try (var _ = turn.get()) {
            var found = of(where, release).filter(underway -> underway.canary().step() == step);
            found.ifPresent(underway -> goOn(underway, line -> {}));
            return found.isPresent();
        }
    }

    private Outcome goOn(Underway underway, Progress progress) {
        return underway.isAtItsLastStep() ? serve(underway, progress) : next(underway, progress);
    }

    private Outcome next(Underway underway, Progress progress) {
        var where = underway.canary().where();
        store.step(where, underway.canary().step() + 1, ports.clock().now());
        steps.live().routes().apply();
        LOG.info(
                "canary app={} release={} step={}",
                where,
                underway.canary().release(),
                underway.canary().step() + 1);
        of(where).ifPresent(now -> progress.stage("canary", now.text(), -1));
        var url = steps.live().routes().url(where);
        return new Outcome(where, underway.canary().release(), true, url, "", List.of());
    }

    /// The intent is written in one piece: after a crash behind it, what serves is the new one, or goes back.
    private Outcome serve(Underway underway, Progress progress) {
        var going = going(underway, progress, new Cancel());
        ports.database().write(handle -> {
            steps.conclusions().begin(going);
            steps.environments().serve(going.where(), going.release().number(), going.secretsVersion());
            store.end(going.where(), going.release().number());
            return 0;
        });
        return promotion.live(going);
    }

    private Deployment going(Underway underway, Progress progress, Cancel cancel) {
        var canary = underway.canary();
        var current = steps.environments().get(canary.where());
        return new Deployment(
                underway.release(),
                canary.kind(),
                canary.by(),
                current.release(),
                current.secretsVersion(),
                canary.secretsVersion(),
                canary.startedAt(),
                progress,
                cancel);
    }

    /// Takes a canary on, because somebody says so: to all users, or to its next step.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when there is none
    public Outcome promote(AppEnvironment where, boolean oneStep, Progress progress) {
        try (var _ = turns.take(where, progress, new Cancel())) {
            steps.environments().requireKnown(where);
            var underway = of(where)
                    .orElseThrow(() -> Problem.user("promote.nothing", "no canary of " + where + " is under way")
                            .hint("`johwa releases " + where.name() + "` lists what serves; steps come from"
                                    + " `rollout: [5%, 10m, 50%, 10m]` in johwa.yaml")
                            .exception());
            return oneStep ? goOn(underway, progress) : serve(underway, progress);
        }
    }

    /// The same of one that somebody looked at: what took its place while they did, or while this waited for its turn,
    /// nobody said a word of.
    ///
    /// @param step from which it is taken to the next; empty: to all users
    /// @throws dev.johwa.lib.problem.ProblemException `promote.other` when it does not stand so any more
    public Outcome promote(AppEnvironment where, int release, OptionalInt step, Progress progress) {
        try (var _ = turns.take(where, progress, new Cancel())) {
            var underway = of(where, release)
                    .filter(now ->
                            step.orElse(now.canary().step()) == now.canary().step())
                    .orElseThrow(() -> Problem.user(
                                    "promote.other",
                                    "the canary of release " + release + " of " + where
                                            + " does not stand as it did: nothing is changed")
                            .hint("see how it stands now: johwa status " + where.typed())
                            .exception());
            return step.isPresent() ? goOn(underway, progress) : serve(underway, progress);
        }
    }

    /// Gives all requests back to the release that serves, because the canary is bad.
    ///
    /// @return whether it was there still
    public boolean takeBack(AppEnvironment where, int release, String why) {
        try (var _ = turns.take(where, line -> {}, new Cancel())) {
            var found = of(where, release);
            found.ifPresent(underway -> end(underway, why, line -> {}, new Cancel()));
            return found.isPresent();
        }
    }

    /// Ends what is under way there because something else comes; the turn is the caller's.
    void endFor(AppEnvironment where, String why, Progress progress) {
        of(where).ifPresent(underway -> {
            progress.say("            The canary, release " + underway.canary().release() + ", ends: " + why + ".");
            var cancel = new Cancel();
            cancel.cancel("superseded: " + why);
            end(underway, why, line -> {}, cancel);
        });
    }

    /// What a rollback is while a canary is under way: the release that serves gets all requests again.
    Optional<Outcome> rollBack(AppEnvironment where, int wanted, String by, Progress progress) {
        int serving = steps.environments().get(where).release();
        return of(where).filter(_ -> wanted == 0 || wanted == serving).map(underway -> {
            end(underway, "taken back by " + by, line -> {}, new Cancel());
            progress.say("  " + where + ": release " + serving + " gets all requests again; release "
                    + underway.canary().release() + " is stopped.");
            var url = steps.live().routes().url(where);
            return new Outcome(where, serving, true, url, "", List.of());
        });
    }

    private void end(Underway underway, String why, Progress progress, Cancel cancel) {
        LOG.info(
                "canary app={} release={} ends: {}",
                underway.canary().where(),
                underway.canary().release(),
                why);
        var going = going(underway, progress, cancel);
        var _ = unfinished.guarding(going.where(), () -> steps.conclusions().abandon(going, new DeploymentFailed(why)));
    }

    /// Remembers why it waits; empty: it does not.
    public void say(AppEnvironment where, int release, String words) {
        store.say(where, release, words);
    }
}
