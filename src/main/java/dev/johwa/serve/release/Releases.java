package dev.johwa.serve.release;

import dev.johwa.build.pipeline.Passed;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.task.Postponed;
import dev.johwa.source.config.Rollout;
import dev.johwa.source.git.Progress;
import dev.johwa.source.identity.Identity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Releases of all apps: making them live, going back, scaling, telling how they are. Safe for use by many threads;
/// one deployment at a time per app and environment, others wait.
public final class Releases {
    static final int KEPT_FOR_ROLLBACK = 10;

    private final Ports ports;
    private final ReleaseStore store;
    private final AppEnvironments environments;
    private final Snapshots snapshots;
    private final WaysBack waysBack;
    private final Turns turns = new Turns();
    private final Steps steps;
    private final Recovery recovery;
    private final Unfinished unfinished;
    private final Supervisor supervisor;
    private final Moments moments;
    private final Statuses statuses;
    private final Departures departures;
    private final Canaries canaries;
    private final Story story;
    private final Closures closures;
    private final AppFolders folders;
    private final Restarts restarts;
    private final SettingsChanges settings;
    private final DatabaseUpgrades upgrades;

    public Releases(Ports ports) {
        this.ports = ports;
        this.store = new ReleaseStore(ports.database(), ports.clock());
        this.environments = new AppEnvironments(ports.database());
        this.snapshots = new Snapshots(ports);
        this.waysBack = new WaysBack(ports, store, environments);
        var instances = new InstanceStore(ports.database());
        var fleet = new Fleet(ports, instances, environments, new Uses(ports, store, environments));
        var crashes = new Crashes();
        this.moments = new Moments(ports.database(), environments, store, instances);
        var routes = new Routes(ports, moments, crashes);
        this.steps = new Steps(ports, store, environments, instances, new Live(fleet, routes));
        this.closures = new Closures(ports, steps);
        var postponed = new Postponed(ports.clock());
        this.folders = new AppFolders(ports, steps, turns, moments, postponed);
        this.restarts = new Restarts(ports, steps, turns, crashes);
        this.departures = new Departures(ports, steps, turns, moments, postponed);
        this.recovery = new Recovery(ports, steps, turns, postponed);
        this.unfinished = new Unfinished(turns, recovery);
        var watched = new Supervisor.Watched(crashes, unfinished, postponed, moments);
        this.canaries = new Canaries(ports, steps, turns, watched, this::goLive);
        this.story = new Story(steps, canaries, unfinished);
        this.settings = new SettingsChanges(
                ports,
                steps,
                turns,
                snapshots,
                (release, by, progress, cancel) -> bringLive(deployment(release, "settings", by, progress, cancel)));
        this.upgrades = new DatabaseUpgrades(ports, steps, turns, closures, folders);
        this.supervisor = new Supervisor(ports, steps, turns, watched);
        this.statuses = new Statuses(ports, steps, crashes, supervisor, moments);
    }

    /// Makes a release of what passed and brings it live.
    public Outcome release(Passed passed, Progress progress, Cancel cancel) {
        var where = new AppEnvironment(passed.project(), passed.app(), passed.environment());
        try (var _ = turns.take(where, progress, cancel)) {
            var release = store.add(steps.known(snapshots.of(passed, where)));
            return bringLive(deployment(release, "push", passed.by(), progress, cancel));
        } catch (DeploymentFailed e) {
            return new Outcome(where, 0, false, "", e.reason(), List.of());
        }
    }

    private Outcome bringLive(Deployment going) {
        return story.bringLive(going);
    }

    private Outcome goLive(Deployment going) {
        return story.goLive(going);
    }

    private Deployment deployment(Release release, String kind, String by, Progress progress, Cancel cancel) {
        unfinished.endBefore(release.where());
        canaries.endFor(release.where(), "release " + release.number() + " comes", progress);
        var before = environments.get(release.where());
        long secrets = snapshots.secretsVersion(release.where(), release.layer());
        var now = ports.clock().now();
        return new Deployment(
                release, kind, by, before.release(), before.secretsVersion(), secrets, now, progress, cancel);
    }

    /// Goes back to an earlier release, by default the newest earlier one that was live.
    ///
    /// @param by who asks
    /// @throws ProblemException when there is no such release
    public Outcome rollBack(
            AppEnvironment where, OptionalInt number, boolean secretsOfThen, String by, Progress progress) {
        var cancel = new Cancel();
        try (var _ = turns.take(where, progress, cancel)) {
            var ended = canaries.rollBack(where, number.orElse(0), by, progress);
            if (ended.isPresent()) {
                return ended.get();
            }
            int current = environments.get(where).release();
            var goal = waysBack.goal(where, number);
            var differences = new Differences(ports, store);
            differences.tell(where, current, goal, progress);
            var now = deployment(goal, "rollback", by, progress, cancel);
            var outcome = bringLive(secretsOfThen ? now.withSecrets(goal.secretsVersion()) : now);
            if (outcome.live()) {
                differences.tellDone(where, current, goal, progress);
            }
            return outcome;
        }
    }

    /// What a rollback would change, without doing it.
    ///
    /// @throws ProblemException when there is no such release
    public Effect effectOfRollback(AppEnvironment where, OptionalInt number) {
        return waysBack.effect(where, number);
    }

    /// Brings an artifact live that was built before: of a commit, branch or tag, or by its digest.
    ///
    /// @param source finds what passed, by tree or by digest
    /// @param rollout in place of that of its settings
    public Outcome deploy(
            AppEnvironment where, Passed source, Optional<Rollout> rollout, String by, Progress progress) {
        var cancel = new Cancel();
        try (var _ = turns.take(where, progress, cancel)) {
            var made = snapshots.of(source, where);
            var release = store.add(steps.known(rollout.map(
                            other -> made.with(made.detection(), made.settings().comingBy(other)))
                    .orElse(made)));
            return bringLive(deployment(release, "deploy", by, progress, cancel));
        }
    }

    /// Refuses environment values with which what is live could not be released again.
    ///
    /// @throws ProblemException naming each value and the rule that it leaves
    public void requireFitting(AppEnvironment where, Map<String, String> values) {
        current(where).ifPresent(live -> snapshots.requireFitting(live, values));
    }

    /// Folders that outlive releases.
    public AppFolders folders() {
        return folders;
    }

    /// Databases that go to other major versions.
    public DatabaseUpgrades upgrades() {
        return upgrades;
    }

    /// Changed settings, secrets and data, on their way to what is live.
    public SettingsChanges settings() {
        return settings;
    }

    /// Releases that get some of the requests.
    public Canaries canaries() {
        return canaries;
    }

    /// What people are told to wait for.
    public Closures closures() {
        return closures;
    }

    /// Newest first.
    public List<Release> list(AppEnvironment where) {
        return store.list(where);
    }

    /// The newest of them, newest first.
    public List<Release> list(AppEnvironment where, int most) {
        return store.list(where, most);
    }

    /// Empty where a push made it.
    public Optional<Why> why(Release release) {
        return store.before(release).map(before -> Why.of(release, before));
    }

    /// Every app in every environment that had a release.
    public List<AppEnvironment> environments() {
        return moments.now().all().stream().map(AppEnvironments.Current::where).toList();
    }

    /// How apps are, of one project or of all.
    public List<AppStatus> status(Optional<String> project) {
        return statuses.of(project);
    }

    /// The same of some projects.
    public List<AppStatus> status(Set<String> projects) {
        return statuses.of(projects);
    }

    /// What runs and what it uses, of all apps.
    public Figures figures() {
        return statuses.figures();
    }

    /// Refuses where nothing is live.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException `app.unknown` or `app.not-live`
    public Release requireLive(AppEnvironment where) {
        environments.requireKnown(where);
        return current(where)
                .orElseThrow(() -> Problem.user("app.not-live", "nothing of " + where + " is live")
                        .hint("push it first; `johwa status " + where.name() + "` tells how it is")
                        .exception());
    }

    /// Commands beside the instances of apps.
    public Errands errands() {
        return new Errands(ports, steps, moments);
    }

    /// Where people reach a release; empty when no request does.
    public String address(Release release) {
        return release.isServed() ? steps.live().routes().url(release.where()) : "";
    }

    /// Starting again what is live.
    public Restarts restarts() {
        return restarts;
    }

    /// Changes how many instances of processes run, also to 0 and back: of all that are named, or of none.
    public void scale(AppEnvironment where, Map<String, Integer> wanted, Progress progress) {
        var cancel = new Cancel();
        try (var _ = turns.take(where, progress, cancel)) {
            environments.requireKnown(where);
            new Scaling(ports, steps).scale(where, wanted, progress);
        } catch (DeploymentFailed e) {
            throw Problem.user("scale.failed", e.reason() + "; it is tried again")
                    .hint("`johwa status " + where.name() + "` tells how it goes; its last words: "
                            + String.join(" | ", e.details()))
                    .exception();
        }
    }

    /// Removes an app from one environment: its instances, releases and data. Nothing happens when it is not there.
    public void remove(AppEnvironment where, Progress progress) {
        departures.remove(where, progress);
    }

    /// Stops an app everywhere and forgets its releases; its data, values, secrets and repository stay for a week.
    ///
    /// @param now whether they go at once
    public void delete(String project, String app, boolean now, Progress progress) {
        departures.delete(project, app, now, progress);
    }

    /// Lets go what is over, now and then: previews that nobody pushed to for long, and what deleted apps left.
    public void tidy() {
        departures.tidy();
    }

    /// Whether a branch made it, with which it goes.
    public boolean isPreview(AppEnvironment where) {
        return store.newest(where).filter(Release::isPreview).isPresent();
    }

    /// A release of that app in that environment, by its number.
    public Optional<Release> find(AppEnvironment where, int number) {
        return store.find(where, number).filter(release -> release.where().equals(where));
    }

    /// A release of an app, wherever it went: numbers are those of the app.
    public Optional<Release> find(String project, String app, int number) {
        return store.find(new AppEnvironment(project, app, AppEnvironment.PRODUCTION), number);
    }

    /// The one before it in the same environment, whatever became of it.
    public Optional<Release> previous(Release release) {
        return store.previous(release.where(), release.number());
    }

    /// What serves there, when something does.
    public Optional<Release> current(AppEnvironment where) {
        return steps.serving(where);
    }

    /// What a rollback there would go to by default, when there is something.
    public Optional<Release> before(AppEnvironment where) {
        return store.liveBefore(where, environments.get(where).release());
    }

    /// Artifacts that serving and rolling back need: garbage collection leaves them.
    public List<Digest> artifacts() {
        return store.artifacts(KEPT_FOR_ROLLBACK);
    }

    /// Commits of the same releases, by project: their settings are read again when somebody changes a value.
    public Map<String, Set<String>> commits() {
        return store.commits(KEPT_FOR_ROLLBACK);
    }

    /// Folders of runtimes with which a release may be started again.
    public Set<Path> tools() {
        return store.tools(KEPT_FOR_ROLLBACK);
    }

    /// Finds what an earlier control plane left: instances are adopted, half-done deployments are over, and the edge
    /// gets its table. Called once, before anything else.
    public void recover() {
        recovery.run();
        departures.recover();
        folders.recover();
        upgrades.recover();
    }

    /// Lets somebody in under a host name where not everybody is.
    ///
    /// @return what the edge takes once and soon; empty when nothing is guarded there, or they may not look at it
    public Optional<String> ticket(String host, Identity identity) {
        var routes = steps.live().routes();
        return routes.guarded(host).flatMap(where -> routes.entrances().ticket(where, identity));
    }

    /// Whether not everybody is let in there.
    public boolean isGuarded(AppEnvironment where) {
        return current(where)
                .filter(steps.live().routes().entrances()::isGuarded)
                .isPresent();
    }

    /// Sends the edge its table anew, when something else than a release changed it.
    public void reroute() {
        steps.live().routes().apply();
    }

    /// Watches instances from now on, and wakes those that somebody asks for. Not before all is recovered: what was
    /// woken meanwhile would be ended as something that nobody knows.
    public void supervise() {
        supervisor.start();
        Runnable measure = () -> supervisor.usages().measure(folders.list());
        ports.tasks().every(AppFolders.MEASURING, "folders", measure);
    }

    /// One round of watching, for those who do not wait for the next.
    void superviseOnce() {
        supervisor.round();
    }
}
