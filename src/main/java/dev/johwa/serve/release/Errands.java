package dev.johwa.serve.release;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Attached;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Output;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.data.AppDatabase;
import dev.johwa.serve.data.Beside;
import dev.johwa.serve.data.Owner;
import dev.johwa.serve.target.Instance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Commands that run beside the instances of an app, with the files, settings and secrets of what is live. What is
/// released meanwhile does not disturb them. Safe for use by many threads.
public final class Errands {
    private final Ports ports;
    private final Steps steps;
    private final AppEnvironments environments;
    private final Fleet fleet;
    private final ReleaseStore store;
    private final Moments moments;

    Errands(Ports ports, Steps steps, Moments moments) {
        this.ports = ports;
        this.steps = steps;
        this.environments = steps.environments();
        this.fleet = steps.live().fleet();
        this.store = steps.store();
        this.moments = moments;
    }

    /// Runs a command to its end, with the secrets of now; the fact is kept however it ends.
    public Once.Result once(Once once, Release live, Output output, Cancel cancel) {
        var where = once.where();
        var step = new Fleet.Step(
                "once", once.command(), Map.of(), environments.get(where).secretsVersion());
        var limit = once.limit().orElse(live.settings().limits().build());
        var exit = fleet.run(live, step, limit, output, cancel);
        ran(where, live, once.command(), exit, once.by());
        return new Once.Result(live, exit);
    }

    /// Starts a command at which somebody has their hands; call [#over] when it has ended.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when nothing is live there, or no such instance lives
    public Attached attach(Hands hands, Release live) {
        var where = hands.where();
        var terminal = hands.terminal().map(Hands.Terminal::size);
        Map<String, String> values =
                hands.terminal().map(each -> Map.of("TERM", each.kind())).orElse(Map.of());
        if (!hands.within()) {
            begun(hands, live, "");
            var secrets = environments.get(where).secretsVersion();
            return fleet.open(live, new Fleet.Step("once", hands.command(), values, secrets), terminal);
        }
        var kept = fleet.one(live, hands.process());
        begun(hands, live, kept.instance().id());
        var step = new Fleet.Step(kept.instance().process(), hands.command(), values, kept.secretsVersion());
        return fleet.enter(live, kept, step, terminal);
    }

    /// Starts a command in the container of a database, for the platform itself.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when it does not run
    public Attached beside(Owner owner, Beside.Call call) {
        var where = AppEnvironment.of(owner);
        var live = store.find(where, environments.get(where).release())
                .orElseThrow(() -> Problem.user("app.not-live", "nothing of " + where + " is live")
                        .hint("push it first; `johwa status " + where.name() + "` tells how it is")
                        .exception());
        var kept = fleet.one(live, Optional.empty());
        var step = new Fleet.Step(kept.instance().process(), call.command(), call.values(), kept.secretsVersion());
        return fleet.enter(live, kept, step, call.terminal());
    }

    /// Where experiments play on what is live there.
    public Stage stage(Release live) {
        var where = live.where();
        var routes = steps.live().routes();
        var door = new Stage.Door(HostNames.of(where, ports.domain()), wrong -> routes.trouble(where, wrong), true);
        var secrets = environments.get(where).secretsVersion();
        return new Stage(
                ports, fleet, new Stage.Cast(live, () -> steps.instances().of(live), secrets), door);
    }

    /// Lets instances go on that somebody paused.
    public void resume(Set<String> instances) {
        ports.target().find().stream()
                .filter(instance -> instances.contains(instance.id()))
                .forEach(ports.target()::resume);
    }

    /// Lets an app in again at a database from which somebody cut it off.
    public void join(AppEnvironment where, String variable) {
        ports.data().join(Databases.owner(where), variable);
    }

    /// Until then, and no longer, what is counted there tells of what somebody does on purpose.
    public void disturb(AppEnvironment where, Instant until) {
        steps.live().routes().entrances().disturb(where, until);
    }

    /// Whether what is counted there tells of what somebody does on purpose, and not of the release.
    public boolean isDisturbed(AppEnvironment where) {
        return steps.live().routes().entrances().isDisturbed(where);
    }

    private void begun(Hands hands, Release live, String within) {
        var where = hands.where();
        ports.facts()
                .append(new CommandStarted(
                        where.project(),
                        where.app(),
                        where.environment(),
                        live.number(),
                        hands.command(),
                        within,
                        hands.by()));
    }

    /// Keeps the fact of how it ended.
    public void over(Hands hands, Release live, Exit exit) {
        ran(hands.where(), live, hands.command(), exit, hands.by());
    }

    private void ran(AppEnvironment where, Release live, List<String> command, Exit exit, String by) {
        ports.facts()
                .append(new CommandRan(
                        where.project(), where.app(), where.environment(), live.number(), command, exit.text(), by));
    }

    /// Opens the client of a database for somebody; call [#closed] when it has ended.
    ///
    /// @param arguments of the client
    /// @throws dev.johwa.lib.problem.ProblemException when the machine has no such client
    public Attached open(AppDatabase database, List<String> arguments, Optional<Hands.Terminal> terminal, String by) {
        opened(database, arguments, false, by);
        var size = terminal.map(Hands.Terminal::size);
        return ports.data()
                .open(
                        database,
                        arguments,
                        size,
                        terminal.map(Hands.Terminal::kind).orElse(""));
    }

    /// Where a database answers, with its password, which somebody wants to be told.
    public String address(AppDatabase database, String by) {
        opened(database, List.of(), true, by);
        return ports.data().address(database);
    }

    private void opened(AppDatabase database, List<String> arguments, boolean isTold, String by) {
        var owner = database.owner();
        ports.facts()
                .append(new DatabaseOpened(
                        owner.project(), owner.app(), owner.environment(), database.variable(), arguments, isTold, by));
    }

    /// Keeps the fact of how a client ended.
    public void closed(AppDatabase database, Exit exit, String by) {
        var owner = database.owner();
        ports.facts()
                .append(new DatabaseClosed(
                        owner.project(), owner.app(), owner.environment(), database.variable(), exit.text(), by));
    }

    /// The number of the release that serves, where one does.
    public Map<AppEnvironment, Integer> serving() {
        return moments.now().all().stream()
                .filter(current -> current.release() != 0)
                .collect(Collectors.toMap(AppEnvironments.Current::where, AppEnvironments.Current::release));
    }

    /// The releases that serve.
    public Map<AppEnvironment, Release> live() {
        return moments.now().serving();
    }

    /// A name for the next run of a job, which nothing else has or will have.
    public String name(Release live, String job) {
        return fleet.id(live, Fleet.JOB + job);
    }

    /// Starts a job of a release under such a name. It goes on when the control plane ends, and is found again.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when it cannot be started
    public Instance begin(Release live, String job, String name) {
        var settings = live.settings().schedule().get(job);
        if (settings == null) {
            throw new IllegalArgumentException("release " + live.number() + " has no job '" + job + "'");
        }
        var secrets = environments.get(live.where()).secretsVersion();
        return fleet.begin(
                live, new Fleet.Step(Fleet.JOB + job, settings.run(), Map.of("JOHWA_JOB", job), secrets), name);
    }

    /// How a job ended; empty while it goes on.
    public Optional<Exit> exit(Instance job) {
        return ports.target().exit(job);
    }

    /// Ends what is left of a job and takes its files away; what it printed stays.
    public void end(Instance job) {
        ports.target().stop(job, Fleet.GRACE);
        ports.target().remove(job);
    }

    /// Deletes what a job printed that has ended.
    public void forget(Instance job) {
        ports.target().forget(job);
    }

    /// All jobs that were begun and not ended, also by an earlier control plane.
    public List<Instance> found() {
        return ports.target().find().stream().filter(Fleet::isJob).toList();
    }
}
