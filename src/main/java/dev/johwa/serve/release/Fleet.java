package dev.johwa.serve.release;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Attached;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Output;
import dev.johwa.lib.process.TerminalSize;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.task.Tasks;
import dev.johwa.lib.text.HostLabel;
import dev.johwa.lib.text.Near;
import dev.johwa.serve.data.Contained;
import dev.johwa.serve.release.InstanceStore.Kept;
import dev.johwa.serve.target.Instance;
import dev.johwa.serve.target.InstanceSpec;
import dev.johwa.serve.target.Observation;
import dev.johwa.source.config.Values;
import dev.johwa.source.detect.ContainerRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The instances of releases: starting, watching and stopping them. The store knows of each before anybody relies on
/// it. Safe for use by many threads.
final class Fleet {
    static final Duration GRACE = Duration.ofSeconds(10);
    static final String JOB = "job-";

    private final Ports ports;
    private final InstanceStore store;
    private final AppEnvironments environments;
    private final Databases databases;
    private final Uses uses;
    private final Stragglers stragglers;

    Fleet(Ports ports, InstanceStore store, AppEnvironments environments, Uses uses) {
        this.ports = ports;
        this.store = store;
        this.environments = environments;
        this.databases = new Databases(ports);
        this.uses = uses;
        this.stragglers = new Stragglers(ports, store, this::stop);
    }

    /// Starts as many instances of each process as are wanted.
    ///
    /// @param secretsVersion which secrets they get
    List<Kept> startAll(Release release, long secretsVersion) {
        var started = new ArrayList<Kept>();
        for (var process : release.settings().processes().keySet()) {
            for (int i = 0; i < wanted(release, process); i++) {
                started.add(start(release, process, secretsVersion));
            }
        }
        return started;
    }

    /// How many instances of a process there should be.
    int wanted(Release release, String process) {
        return environments.wanted(release, process);
    }

    Kept start(Release release, String process, long secretsVersion) {
        var command = release.settings().processes().get(process);
        if (command == null) {
            throw new DeploymentFailed("release " + release.number() + " has no process '" + process + "'");
        }
        var values = environmentOf(release, secretsVersion);
        var instance = ports.target().start(spec(release, process, command, values));
        try {
            store.add(release.where(), instance, secretsVersion);
        } catch (RuntimeException e) {
            endUnknown(instance, e);
            throw e;
        }
        return new Kept(release.where(), instance, "", 0, secretsVersion);
    }

    /// One of which no row could be written, as on a full disk, would live on: nobody knows of it before the next
    /// start.
    private void endUnknown(Instance instance, RuntimeException why) {
        try {
            ports.target().stop(instance, GRACE);
            ports.target().remove(instance);
        } catch (RuntimeException e) {
            why.addSuppressed(e);
        }
    }

    /// Ends one and starts the same with another port.
    Kept startElsewhere(Release release, Kept kept) {
        stop(List.of(kept));
        return start(release, kept.instance().process(), kept.secretsVersion());
    }

    /// Whether instances of the release could run while those of another one do.
    boolean runsBesideOthers(Release release) {
        return release.settings().processes().entrySet().stream()
                .filter(process ->
                        process.getKey().equals("web") || release.detection().isComposed())
                .allMatch(process ->
                        ports.target().runsBesideItself(spec(release, process.getKey(), process.getValue(), Map.of())));
    }

    /// With the secrets of the project as they are now, which all services of its compose file share.
    private ContainerRun run(Release release) {
        var run = release.detection().run();
        if (!run.isComposed()) {
            return run;
        }
        var where = release.where();
        var scope = new Values.Scope(where.project(), where.project(), release.layer());
        return run.revealed(ports.values().revealSecrets(scope, ports.values().secretsVersion(scope)));
    }

    /// Runs a command of a release to its end, with the same files, values and limits as its instances.
    Exit run(Release release, Step step, Output output, Cancel cancel) {
        return run(release, step, release.settings().limits().build(), output, cancel);
    }

    /// @param limit how long it may take
    Exit run(Release release, Step step, Duration limit, Output output, Cancel cancel) {
        return ports.target().run(spec(release, step), output, limit, cancel);
    }

    /// Starts a command with files of its own, with whose input and output somebody is connected.
    Attached open(Release release, Step step, Optional<TerminalSize> terminal) {
        return ports.target().open(spec(release, step), terminal);
    }

    /// The same within an instance.
    Attached enter(Release release, Kept kept, Step step, Optional<TerminalSize> terminal) {
        return ports.target().enter(kept.instance(), spec(release, step), terminal);
    }

    private InstanceSpec spec(Release release, Step step) {
        var values = new HashMap<>(environmentOf(release, step.secretsVersion()));
        values.putAll(step.values());
        return spec(release, step.process(), step.command(), values);
    }

    /// An instance of a release that lives, of that process, or of the web one where there is one.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when there is none
    Kept one(Release release, Optional<String> process) {
        var alive = store.of(release).stream()
                .filter(kept -> glance(kept).isAlive())
                .toList();
        return alive.stream()
                .filter(kept -> process.isEmpty()
                        || kept.instance().process().equals(process.get())
                        || kept.instance().id().equals(process.get()))
                .min(Comparator.comparing((Kept kept) -> !kept.isWeb()))
                .orElseThrow(() -> none(release, process, alive));
    }

    private static ProblemException none(Release release, Optional<String> process, List<Kept> alive) {
        var there =
                alive.stream().map(kept -> kept.instance().process()).distinct().toList();
        var what = process.map(name -> "instance of '" + name + "'").orElse("instance");
        return Problem.user("instance.unknown", "no " + what + " of " + release.where() + " runs")
                .hint(
                        there.isEmpty()
                                ? "run it beside: `johwa once "
                                        + release.where().name() + " -- COMMAND`"
                                : process.flatMap(name -> Near.question(name, there))
                                        .orElse("there run " + String.join(", ", there)))
                .exception();
    }

    /// Starts a command that runs to its end by itself.
    ///
    /// @param id of its own, from [#id]
    Instance begin(Release release, Step step, String id) {
        var values = new HashMap<>(environmentOf(release, step.secretsVersion()));
        values.putAll(step.values());
        return ports.target().begin(spec(release, id, step.process(), step.command(), values));
    }

    /// Whether it is no instance of a process, but a job of the schedule.
    static boolean isJob(Instance instance) {
        return instance.process().startsWith(JOB);
    }

    /// Ends the jobs of an app that goes.
    void endJobs(AppEnvironment where) {
        ports.target().find().stream()
                .filter(Fleet::isJob)
                .filter(job ->
                        job.app().equals(where.name()) && job.environment().equals(where.environment()))
                .forEach(job -> {
                    ports.target().stop(job, GRACE);
                    ports.target().remove(job);
                });
    }

    /// A command beside the processes of a release: `release`, `verify`.
    record Step(String process, List<String> command, Map<String, String> values, long secretsVersion) {}

    private InstanceSpec spec(Release release, String process, List<String> command, Map<String, String> values) {
        return spec(release, id(release, process), process, command, values);
    }

    private InstanceSpec spec(
            Release release, String id, String process, List<String> command, Map<String, String> values) {
        var settings = release.settings();
        var where = release.where();
        return new InstanceSpec(
                id,
                where.name(),
                where.environment(),
                release.number(),
                process,
                release.artifact(),
                release.folder(),
                command,
                values,
                settings.port(),
                settings.limits().memoryBytes(),
                settings.limits().cpus(),
                databases.folders(release),
                release.detection().tools(),
                Stream.of(
                                ports.data().ports(Databases.owner(where)).stream(),
                                uses.ports(release).stream(),
                                exporting(release).stream().boxed())
                        .flatMap(ports -> ports)
                        .toList(),
                uses.hosts(release),
                settings.target(),
                run(release));
    }

    /// A name that no other instance has or will have.
    String id(Release release, String process) {
        var where = release.where();
        var random = UUID.randomUUID().toString().substring(0, 8);
        var environment = where.isProduction() ? "" : "-" + HostLabel.of(where.environment());
        return where.name().replace('/', '-') + environment + "-" + release.number() + "-" + process + "-" + random;
    }

    /// The port to which it sends figures of its own, where a way must lead there.
    private OptionalInt exporting(Release release) {
        return release.isContained() && isLedHere(release) ? ports.exporting().port() : OptionalInt.empty();
    }

    private boolean isLedHere(Release release) {
        var networks = release.detection().run().networks();
        // Networks that lead nowhere are left so.
        boolean isApart = !networks.isEmpty() && networks.stream().allMatch(each -> each.isInternal());
        return !isApart && ports.target().leadsHere(release.settings().target());
    }

    private Map<String, String> environmentOf(Release release, long secretsVersion) {
        var where = release.where();
        var values = new HashMap<String, String>();
        if (isLedHere(release)) {
            var machine = release.isContained() ? InstanceSpec.MACHINE : "127.0.0.1";
            values.putAll(ports.exporting().values(where, release.number(), machine));
        }
        values.putAll(release.detection().environment());
        values.putAll(databases.addresses(release));
        values.putAll(uses.addresses(release));
        values.putAll(release.settings().values());
        var scope = new Values.Scope(where.project(), where.app(), release.layer());
        values.putAll(ports.values().revealSecrets(scope, secretsVersion));
        values.put("JOHWA_PROJECT", where.project());
        values.put("JOHWA_APP", where.app());
        values.put("JOHWA_ENVIRONMENT", where.environment());
        values.put("JOHWA_RELEASE", String.valueOf(release.number()));
        values.put("JOHWA_COMMIT", release.commit());
        return values;
    }

    /// Whether an instance has done its work and stays as it ended, since its compose file does not start it again. A
    /// database never has: where it ends for a restore, it is to come back.
    boolean isDone(Release release, Kept kept, Observation seen) {
        var run = release.detection().run();
        return !kept.isWeb()
                && seen.exit().filter(Exit::isSuccess).isPresent()
                && run.program().mayEnd()
                && Contained.kind(run).isEmpty()
                && ports.target().endedByItself(kept.instance());
    }

    Observation observe(Kept kept) {
        return ports.target().observe(kept.instance());
    }

    /// Whether it lives, of one whose address is known.
    Observation glance(Kept kept) {
        return ports.target().glance(kept.instance());
    }

    /// Remembers where an instance answers.
    Kept at(Kept kept, String address) {
        if (!kept.address().equals(address)) {
            store.setAddress(kept.instance().id(), address);
        }
        return new Kept(kept.where(), kept.instance(), address, kept.stopAt(), kept.secretsVersion());
    }

    /// @param most how many lines
    List<String> lastWords(Kept kept, int most) {
        return ports.target().lastWords(kept.instance(), most);
    }

    /// Waits until requests in flight have finished at instances to which nothing is routed any more, for as long as
    /// such requests may take.
    void drain(List<Kept> instances) {
        ports.edge().drain(ids(instances), ports.drain());
    }

    /// The same for instances that a rollback may take back meanwhile: what those answer by then is not cut.
    void drainWhatLeaves(AppEnvironment where, List<Kept> instances) {
        var ids = ids(instances);
        ports.edge().settle(ids, ports.drain());
        var still = store.of(where).stream()
                .filter(kept -> kept.isLeaving() && ids.contains(kept.instance().id()))
                .toList();
        if (!still.isEmpty()) {
            ports.edge().drain(ids(still), Duration.ZERO);
        }
    }

    /// Where the clock was put forward, those that leave stay as long as they would have; and not longer where it was
    /// put back.
    void stay(List<Kept> instances, long millis) {
        instances.stream()
                .filter(kept -> kept.isLeaving() && kept.stopAt() != InstanceStore.AT_ONCE)
                .forEach(kept ->
                        store.setStopAt(kept.instance().id(), Math.max(InstanceStore.AT_ONCE, kept.stopAt() + millis)));
    }

    private static Set<String> ids(List<Kept> instances) {
        return instances.stream().map(kept -> kept.instance().id()).collect(Collectors.toSet());
    }

    /// Ends instances to which nothing is routed any more: requests in flight finish first.
    void drainAndStop(List<Kept> instances) {
        drain(instances);
        stop(instances);
    }

    /// Ends instances, all at the same time, and forgets them.
    void stop(List<Kept> instances) {
        var ends = instances.stream()
                .map(kept -> ports.tasks().run("stop " + kept.instance().id(), () -> stop(kept)))
                .toList();
        ends.forEach(Tasks::answer);
    }

    /// The same of those that are over, which nothing waits for: what cannot be stopped now is stopped later, by who
    /// supervises.
    Stragglers stragglers() {
        return stragglers;
    }

    private void stop(Kept kept) {
        ports.target().stop(kept.instance(), GRACE);
        ports.target().remove(kept.instance());
        store.remove(kept.instance().id());
    }
}
