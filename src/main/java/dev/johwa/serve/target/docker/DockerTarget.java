package dev.johwa.serve.target.docker;

import dev.johwa.lib.docker.Container;
import dev.johwa.lib.docker.ContainerSpec.Input;
import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Attached;
import dev.johwa.lib.process.Cleared;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Output;
import dev.johwa.lib.process.TerminalSize;
import dev.johwa.lib.process.Usage;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.target.Instance;
import dev.johwa.serve.target.InstanceSpec;
import dev.johwa.serve.target.Observation;
import dev.johwa.serve.target.Target;
import dev.johwa.serve.target.Targets.Docker;
import dev.johwa.serve.target.docker.SharedVolumes.Leaving;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Instances as containers of an engine of this machine.
///
/// While the engine cannot be asked, instances count as they were seen last: nothing is known of them, and most live.
public final class DockerTarget implements Target {
    private static final Logger LOG = LoggerFactory.getLogger(DockerTarget.class);
    /// Whatever a compose file asks for.
    private static final Duration LONGEST_GRACE = Duration.ofMinutes(5);
    private static final long NOT_ASKED_NANOS = 500_000_000;

    private final Docker parts;
    private final Engine engine;
    private final Places places;
    private final Marks marks;
    private final Making making;
    private final Register register;
    private final Scribe scribe;
    private final Checks checks;
    private final Standstill standstill;
    private final OwnEnds ownEnds = new OwnEnds();
    private final Map<String, Observation> seen = new ConcurrentHashMap<>();
    private final Map<String, Object> turns = new ConcurrentHashMap<>();
    private volatile @Nullable Outage outage;

    public DockerTarget(Docker parts) {
        this.parts = parts;
        this.engine = parts.engine();
        this.places = new Places(parts.apps());
        this.marks = new Marks(parts.apps());
        this.making = new Making(parts, places, marks);
        this.register = new Register(places, making);
        this.scribe = new Scribe(engine, parts.tasks(), parts.clock());
        this.checks = new Checks(engine, parts.tasks(), parts.clock());
        this.standstill = new Standstill(engine, parts.clock());
    }

    @Override
    public String name() {
        return "docker";
    }

    @Override
    public Instance start(InstanceSpec spec) {
        return start(spec, true);
    }

    @Override
    public Instance begin(InstanceSpec spec) {
        return start(spec, false);
    }

    private Instance start(InstanceSpec spec, boolean isReached) {
        var instance = intend(spec);
        int asked = ownEnds.now();
        try {
            var state = making.start(instance, spec, isReached);
            register.keep(state);
            ownEnds.runs(instance, asked);
            scribe.attend(state);
            return instance;
        } catch (RuntimeException e) {
            discard(instance);
            throw e;
        }
    }

    /// Writes down that it is about to start.
    private Instance intend(InstanceSpec spec) {
        var instance = new Instance(
                spec.id(),
                spec.app(),
                spec.environment(),
                spec.release(),
                spec.process(),
                name(),
                places.folder(spec.app(), spec.id()).toString(),
                parts.clock().now());
        register.keep(Kept.intent(instance, making.networks(spec)));
        return instance;
    }

    private Optional<Kept> started(Instance instance) {
        return register.of(instance).filter(Kept::isStarted);
    }

    @Override
    public boolean runsBesideItself(InstanceSpec spec) {
        return making.runsBesideItself(spec);
    }

    @Override
    public Observation observe(Instance instance) {
        var state = started(instance);
        if (state.isEmpty()) {
            return Observation.ended(new Exit.Lost());
        }
        var known = outage;
        if (known != null && parts.clock().ticks() < known.until()) {
            return known.unseen(seen.get(instance.id()));
        }
        try {
            var now = observe(state.get());
            seen.put(instance.id(), now);
            return now;
        } catch (ProblemException e) {
            if (Engine.isOutage(e.problem())) {
                ownEnds.outage();
                known = new Outage(e.problem(), parts.clock().ticks() + NOT_ASKED_NANOS);
                outage = known;
                return known.unseen(seen.get(instance.id()));
            }
            throw e;
        }
    }

    private Observation observe(Kept state) {
        int asked = ownEnds.now();
        var container = engine.containers().inspect(state.container());
        if (container.isEmpty() || container.get().isFresh()) {
            return Observation.ended(new Exit.Lost());
        }
        scribe.attend(state);
        if (container.get().isRunning()) {
            ownEnds.runs(state.instance(), asked);
        }
        return container
                .get()
                .exit()
                .map(Observation::ended)
                .orElseGet(() -> Listening.observe(state, container.get(), checks.ailing(state, container.get())));
    }

    @Override
    public boolean endedByItself(Instance instance) {
        return ownEnds.isOwn(instance);
    }

    @Override
    public Optional<Usage> usage(Instance instance) {
        var last = Optional.ofNullable(seen.get(instance.id()));
        return started(instance).flatMap(state -> new Consumption(engine).usage(state, last));
    }

    @Override
    public OptionalLong size(Instance instance) {
        return started(instance).map(new Consumption(engine)::size).orElse(OptionalLong.empty());
    }

    @Override
    public boolean leadsHere(String target) {
        return Ways.areThere();
    }

    @Override
    public Exit run(InstanceSpec spec, Output output, Duration limit, Cancel cancel) {
        var instance = intend(spec);
        try {
            var starting = making.starting(spec);
            Output hidden = (channel, line) -> output.line(channel, parts.logs().hide(spec.app(), line));
            var container = making.create(instance, starting, OptionalInt.empty(), Input.NONE);
            return new CommandRun(engine, container, hidden).toEnd(limit, cancel);
        } finally {
            discard(instance);
        }
    }

    @Override
    public Attached open(InstanceSpec spec, Optional<TerminalSize> terminal) {
        var instance = intend(spec);
        try {
            var starting = making.starting(spec);
            var input = terminal.isPresent() ? Input.TERMINAL : Input.PIPE;
            var container = making.create(instance, starting, OptionalInt.empty(), input);
            var attached = engine.containers().attach(container, terminal.isPresent());
            engine.containers().start(container);
            terminal.ifPresent(attached::resize);
            register.keep(Kept.held(instance, container, starting, making.networks(spec)));
            return new Cleared(attached, () -> {
                engine.containers().kill(container, "HUP");
                discard(instance);
            });
        } catch (RuntimeException e) {
            discard(instance);
            throw e;
        }
    }

    @Override
    public Attached enter(Instance instance, InstanceSpec spec, Optional<TerminalSize> terminal) {
        var state = started(instance);
        var container = state.flatMap(each -> engine.containers().inspect(each.container()))
                .filter(Container::isRunning);
        if (state.isEmpty() || container.isEmpty()) {
            throw Problem.user("instance.over", instance.id() + " has ended")
                    .hint("`johwa status " + instance.app() + "` shows what runs")
                    .exception();
        }
        var command = making.within(state.get(), spec, terminal.isPresent());
        var attached = engine.commands().start(container.get().id(), command);
        terminal.ifPresent(attached::resize);
        return attached;
    }

    @Override
    public void stop(Instance instance, Duration grace) {
        started(instance).ifPresent(state -> {
            var most = grace.isZero() ? grace : state.grace().orElse(grace);
            engine.containers().stop(state.container(), most.compareTo(LONGEST_GRACE) > 0 ? LONGEST_GRACE : most);
            scribe.awaitEnd(state);
        });
    }

    @Override
    public void kill(Instance instance) {
        started(instance).ifPresent(state -> engine.containers().kill(state.container(), "KILL"));
    }

    @Override
    public void suspend(Instance instance, Duration atMost) {
        started(instance).ifPresent(state -> standstill.begin(state.container(), atMost));
    }

    @Override
    public void resume(Instance instance) {
        started(instance).ifPresent(state -> standstill.end(state.container()));
    }

    /// Several may take it away at once: the first does, the others find it gone.
    @Override
    public void remove(Instance instance) {
        synchronized (turns.computeIfAbsent(instance.id(), each -> new Object())) {
            register.of(instance).ifPresent(state -> {
                if (state.isStarted()) {
                    engine.containers().remove(state.container());
                    scribe.awaitEnd(state);
                }
                places.retire(Path.of(instance.handle()));
                leave(state);
            });
            turns.remove(instance.id());
        }
    }

    /// Its networks go with the last that is in them.
    private void leave(Kept state) {
        var instance = state.instance();
        scribe.dismiss(state);
        checks.forget(state.container());
        seen.remove(instance.id());
        ownEnds.forget(instance);
        making.give(state.published());
        making.leave(making.networks(state), network -> {
            register.forget(instance);
            return register.isEmpty(network);
        });
    }

    @Override
    public void forget(Instance instance) {
        places.forget(Path.of(instance.handle()));
    }

    /// Takes away all of one that nobody was told of.
    private void discard(Instance instance) {
        register.of(instance).ifPresent(this::discard);
    }

    private void discard(Kept state) {
        try {
            making.removeContainer(state);
        } catch (ProblemException e) {
            LOG.warn(
                    "container of {} stays until the next start: {}",
                    state.instance().id(),
                    e.getMessage());
        }
        Trees.delete(Path.of(state.instance().handle()));
        leave(state);
    }

    @Override
    public List<Path> data(String app) {
        return places.data(app);
    }

    @Override
    public Optional<Path> data(String app, String environment, String path) {
        return Optional.of(places.data(app, environment, Path.of(path).normalize()))
                .filter(Files::isDirectory);
    }

    @Override
    public void discard(String app, String environment) {
        discard(new Leaving(app, Optional.of(environment), false));
    }

    @Override
    public void renew(String app, String environment) {
        discard(new Leaving(app, Optional.of(environment), true));
    }

    @Override
    public void discard(String app) {
        discard(new Leaving(app, Optional.empty(), false));
    }

    @Override
    public void discardProject(String project) {
        discard(new Leaving(Places.project(project), Optional.empty(), true));
    }

    private void discard(Leaving leaving) {
        var app = leaving.app();
        boolean isAnywhere = marks.isAnywhere() || Files.isDirectory(places.volumes(Marks.project(app)));
        List<Path> kept = List.of();
        if (isAnywhere) {
            var labels = leaving.environment()
                    .map(environment -> marks.of(app, environment))
                    .orElseGet(() -> marks.of(app));
            kept = making.discard(leaving, labels);
        }
        places.discard(app, leaving.environment(), kept);
    }

    /// With whom volumes of projects lie below a folder of apps: an app that has left, or a project itself, which ends
    /// with a slash.
    public static List<String> volumeOwners(Path apps) {
        return SharedVolumes.owners(new Places(apps));
    }

    @Override
    public List<Instance> find() {
        return register.started().toList();
    }

    @Override
    public void sweep() {
        if (!marks.isAnywhere()) {
            return;
        }
        for (var folder : places.all()) {
            var state = register.of(folder);
            if (state.isEmpty()) {
                Trees.delete(folder);
            } else if (!state.get().isStarted()) {
                discard(state.get());
            }
        }
        try {
            making.sweep(find().stream().map(Instance::id).toList());
        } catch (ProblemException e) {
            LOG.warn("containers of an earlier start stay: {}", e.getMessage());
        }
    }

    @Override
    public void rest() {
        making.rest();
    }

    @Override
    public List<String> lastWords(Instance instance, int lines) {
        started(instance).filter(state -> !observe(instance).isAlive()).ifPresent(scribe::awaitEnd);
        return parts.logs().lastWords(Places.run(instance), lines);
    }
}
