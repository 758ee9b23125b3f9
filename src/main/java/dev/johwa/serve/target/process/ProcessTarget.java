package dev.johwa.serve.target.process;

import dev.johwa.build.image.Images;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.file.Whole;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Attached;
import dev.johwa.lib.process.Cleared;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Confinement;
import dev.johwa.lib.process.Confinement.Isolation;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Output;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.process.Running;
import dev.johwa.lib.process.TerminalSize;
import dev.johwa.lib.process.Usage;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.target.Instance;
import dev.johwa.serve.target.InstanceSpec;
import dev.johwa.serve.target.Logs;
import dev.johwa.serve.target.Observation;
import dev.johwa.serve.target.Ports;
import dev.johwa.serve.target.Target;
import dev.johwa.serve.target.log.Shelf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Instances as processes of this machine: each in a folder of its own, with a port of its own.
///
/// An instance's folder is `instances/ID` below its app's: `files` are its own, `run` holds its output and exit
/// status, and `state` is written before the program starts, so that it is found again.
public final class ProcessTarget implements Target {
    private static final int LINES_OF_A_FALL = 60;

    private final Processes processes;
    private final Layout layout;
    private final Logs logs;
    private final Clock clock;
    private final Ports ports = Ports.ofProcesses();
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    public ProcessTarget(Processes processes, Images images, Path apps, Logs logs, Clock clock) {
        this.processes = processes;
        this.layout = new Layout(processes, images, apps);
        this.logs = logs;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "process";
    }

    @Override
    public Instance start(InstanceSpec spec) {
        var insisted = insisted(spec);
        var isolation = insisted.isPresent() && layout.hasNetworks() ? Isolation.NETWORK : Isolation.FILES;
        return start(spec, insisted.orElseGet(ports::take), isolation, processes::start);
    }

    @Override
    public Instance begin(InstanceSpec spec) {
        return start(spec, ports.take(), Isolation.FILES, processes::begin);
    }

    @FunctionalInterface
    private interface Start {
        Running start(Command command, Confinement confinement, Path run);
    }

    private Instance start(InstanceSpec spec, int port, Isolation isolation, Start start) {
        var folder = layout.folder(spec);
        try {
            var intent = intend(spec, port);
            var command = layout.command(spec, folder, port);
            keep(intent.started(start.start(command, layout.confinement(spec, folder, isolation), intent.runFolder())));
            return intent.instance();
        } catch (RuntimeException e) {
            forget(folder);
            throw e;
        }
    }

    /// Makes its files, and writes down that it is about to start.
    private Kept intend(InstanceSpec spec, int port) {
        var folder = layout.folder(spec);
        var instance = new Instance(
                spec.id(),
                spec.app(),
                spec.environment(),
                spec.release(),
                spec.process(),
                name(),
                folder.toString(),
                clock.now());
        layout.prepare(spec, folder);
        var run = folder.resolve("run");
        Shelf.label(run, instance);
        var intent = Kept.intent(instance, port, layout.isConfined(), run);
        keep(intent);
        return intent;
    }

    @Override
    public Attached open(InstanceSpec spec, Optional<TerminalSize> terminal) {
        int port = ports.take();
        var folder = layout.folder(spec);
        Runnable clear = () -> {
            kept.remove(spec.id());
            ports.give(port);
            Trees.delete(folder);
        };
        try {
            var intent = intend(spec, port);
            var attached = processes.attach(
                    layout.command(spec, folder, port),
                    layout.confinement(spec, folder, Isolation.FILES),
                    intent.runFolder(),
                    terminal);
            keep(intent.started(attached.running()));
            return new Cleared(attached, clear);
        } catch (RuntimeException e) {
            clear.run();
            throw e;
        }
    }

    @Override
    public Attached enter(Instance instance, InstanceSpec spec, Optional<TerminalSize> terminal) {
        var state = kept(instance)
                .orElseThrow(() -> Problem.user("instance.over", instance.id() + " has ended")
                        .hint("`johwa status " + instance.app() + "` shows what runs")
                        .exception());
        var folder = Path.of(instance.handle());
        var run = folder.resolve("entered").resolve(spec.id());
        var attached = processes.attachWithin(
                state.running(), layout.account(spec), layout.command(spec, folder, state.wantedPort()), run, terminal);
        return new Cleared(attached, () -> Trees.delete(run));
    }

    @Override
    public Optional<Exit> exit(Instance instance) {
        var state = kept(instance);
        return state.isEmpty()
                ? Optional.of(new Exit.Lost())
                : processes.exit(state.get().running());
    }

    @Override
    public Optional<Usage> usage(Instance instance) {
        return kept(instance).map(Kept::running).filter(processes::isAnyLeft).map(processes::usage);
    }

    @Override
    public OptionalLong size(Instance instance) {
        return layout.size(instance);
    }

    /// The port on which it insists: told, or seen when it ran before.
    private OptionalInt insisted(InstanceSpec spec) {
        if (spec.port().isPresent() || !spec.process().equals("web")) {
            return spec.port();
        }
        try {
            var seen = layout.insisted(spec.app(), spec.environment());
            return Files.exists(seen)
                    ? OptionalInt.of(Integer.parseInt(Files.readString(seen).strip()))
                    : OptionalInt.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean runsBesideItself(InstanceSpec spec) {
        return layout.hasNetworks() || insisted(spec).isEmpty();
    }

    @Override
    public boolean waitsForInput(Instance instance) {
        return kept(instance)
                .filter(state -> processes.waitsForInput(state.running()))
                .isPresent();
    }

    @Override
    public boolean lostItsPort(Instance instance) {
        return kept(instance)
                .filter(state -> processes.exit(state.running()).isPresent())
                .filter(state -> !state.hasOwnNetwork())
                .filter(state -> Ports.isListening(state.wantedPort()) || insists(state))
                .isPresent();
    }

    /// It wanted a port of its own choice, which another application has: in a network of its own it can have it.
    private boolean insists(Kept state) {
        boolean isTaken = layout.hasNetworks() && Listening.isRefused(lastWords(state.instance(), LINES_OF_A_FALL));
        if (isTaken) {
            learn(state, state.wantedPort());
        }
        return isTaken;
    }

    private void keep(Kept state) {
        try {
            Whole.write(Path.of(state.instance().handle()).resolve("state"), Json.bytes(state));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        kept.put(state.instance().id(), state);
    }

    private Optional<Kept> kept(Instance instance) {
        var known = kept.get(instance.id());
        return known != null ? Optional.of(known) : read(Path.of(instance.handle()));
    }

    private Optional<Kept> read(Path folder) {
        try {
            var file = folder.resolve("state");
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            var state = Json.read(Files.readAllBytes(file), Kept.class);
            kept.putIfAbsent(state.instance().id(), state);
            ports.hold(state.wantedPort());
            return Optional.of(state);
        } catch (ProblemException e) {
            // Torn by a loss of power, after which nothing of it runs.
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Observation observe(Instance instance) {
        return seen(instance, true);
    }

    @Override
    public Observation glance(Instance instance) {
        return seen(instance, false);
    }

    private Observation seen(Instance instance, boolean withAddress) {
        var state = kept(instance);
        if (state.isEmpty()) {
            return Observation.ended(new Exit.Lost());
        }
        var running = state.get().running();
        var exit = processes.exit(running);
        boolean isDaemon = exit.isPresent() && exit.get().isSuccess() && processes.isAnyLeft(running);
        if (exit.isPresent() && !isDaemon) {
            return Observation.ended(exit.get());
        }
        // Where it has a network of its own, who looks keeps the way into it open.
        boolean isLookedFor = withAddress || !Listening.isShared(state.get());
        var listeners = isLookedFor ? processes.listeners(running) : Set.<Processes.Listener>of();
        var seen = Listening.observe(listeners, state.get(), processes.program(running));
        seen.otherPort().ifPresent(port -> learn(state.get(), port));
        return seen.observation();
    }

    /// Each further instance would take the port of the one before: from now on, each gets a network of its own.
    private void learn(Kept state, int port) {
        var file = layout.insisted(state.instance().app(), state.instance().environment());
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, String.valueOf(port));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Exit run(InstanceSpec spec, Output output, Duration limit, Cancel cancel) {
        var folder = layout.folder(spec);
        int port = ports.take();
        try {
            layout.prepare(spec, folder);
            var task = new Processes.Task(
                    layout.command(spec, folder, port),
                    layout.confinement(spec, folder, Isolation.FILES),
                    folder.resolve("run"),
                    limit);
            Output hidden = (channel, line) -> output.line(channel, logs.hide(spec.app(), line));
            return processes.run(task, hidden, cancel);
        } finally {
            ports.give(port);
            Trees.delete(folder);
        }
    }

    @Override
    public void stop(Instance instance, Duration grace) {
        kept(instance).ifPresent(state -> processes.stop(state.running(), grace));
    }

    @Override
    public void kill(Instance instance) {
        kept(instance).ifPresent(state -> processes.signal(state.running(), "KILL"));
    }

    @Override
    public void suspend(Instance instance, Duration atMost) {
        kept(instance).ifPresent(state -> processes.suspend(state.running(), atMost));
    }

    @Override
    public void resume(Instance instance) {
        kept(instance).ifPresent(state -> processes.resume(state.running()));
    }

    @Override
    public void remove(Instance instance) {
        kept(instance).ifPresent(state -> ports.give(state.wantedPort()));
        kept.remove(instance.id());
        layout.retire(Path.of(instance.handle()));
    }

    @Override
    public void forget(Instance instance) {
        layout.forget(Path.of(instance.handle()));
    }

    @Override
    public List<Path> data(String app) {
        return layout.data(app);
    }

    @Override
    public Optional<Path> data(String app, String environment, String path) {
        return Optional.of(layout.data(app, environment, Path.of(path).normalize()))
                .filter(Files::isDirectory);
    }

    @Override
    public void discard(String app, String environment) {
        layout.discard(app, environment);
    }

    @Override
    public void discard(String app) {
        layout.discard(app);
    }

    @Override
    public List<Instance> find() {
        return layout.instances().stream()
                .flatMap(folder -> started(folder).stream())
                .map(Kept::instance)
                .toList();
    }

    private Optional<Kept> started(Path folder) {
        return state(folder).or(() -> read(folder)).filter(state -> state.pid() != 0);
    }

    @Override
    public void sweep() {
        layout.instances().stream().filter(folder -> started(folder).isEmpty()).forEach(this::forget);
    }

    /// It was being started, or was a command that somebody waited for: it may run, but nobody knows of it.
    private void forget(Path folder) {
        var running = state(folder).map(Kept::running).orElse(Running.leftIn(folder.resolve("run")));
        processes.stop(running, Duration.ZERO);
        kept.remove(folder.getFileName().toString());
        Trees.delete(folder);
    }

    private Optional<Kept> state(Path folder) {
        return Optional.ofNullable(kept.get(folder.getFileName().toString()));
    }

    @Override
    public List<String> lastWords(Instance instance, int lines) {
        return logs.lastWords(Path.of(instance.handle()).resolve("run"), lines);
    }
}
