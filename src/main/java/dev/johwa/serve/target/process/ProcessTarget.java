package dev.johwa.serve.target.process;

import dev.johwa.build.image.Images;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Output;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.process.Running;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.target.Instance;
import dev.johwa.serve.target.InstanceSpec;
import dev.johwa.serve.target.Observation;
import dev.johwa.serve.target.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/// Instances as processes of this machine: each in a folder of its own, with a port of its own.
///
/// An instance's folder is `instances/ID` below its app's: `files` are its own, `run` holds its output and exit
/// status, and `state` is written before the program starts, so that it is found again.
public final class ProcessTarget implements Target {
    private static final long LARGEST_READ = 256 << 10;

    private final Processes processes;
    private final Layout layout;
    private final Clock clock;
    private final Ports ports = new Ports();
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    public ProcessTarget(Processes processes, Images images, Path apps, Clock clock) {
        this.processes = processes;
        this.layout = new Layout(processes, images, apps);
        this.clock = clock;
    }

    /// What is written to `state`.
    ///
    /// @param wantedPort the one it was told in `PORT`
    record Kept(
            Instance instance, int wantedPort, long pid, long startTicks, String run, String group, String address) {
        Running running() {
            return new Running(pid, startTicks, Path.of(run), group, address, instance.startedAt());
        }
    }

    @Override
    public String name() {
        return "process";
    }

    @Override
    public Instance start(InstanceSpec spec) {
        var folder = layout.folder(spec);
        int port = spec.port().orElseGet(ports::take);
        layout.prepare(spec, folder);
        var started = new Instance(
                spec.id(),
                spec.app(),
                spec.environment(),
                spec.release(),
                spec.process(),
                name(),
                folder.toString(),
                clock.now());
        var running = processes.start(
                layout.command(spec, folder, port), layout.confinement(spec, folder), folder.resolve("run"));
        keep(new Kept(
                started,
                port,
                running.pid(),
                running.startTicks(),
                running.folder().toString(),
                running.group(),
                running.address()));
        return started;
    }

    private void keep(Kept state) {
        var folder = Path.of(state.instance().handle());
        try {
            var part = folder.resolve("state.part");
            Files.write(part, Json.bytes(state));
            Files.move(part, folder.resolve("state"), StandardCopyOption.ATOMIC_MOVE);
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
            kept.put(state.instance().id(), state);
            ports.hold(state.wantedPort());
            return Optional.of(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Observation observe(Instance instance) {
        var state = kept(instance);
        if (state.isEmpty()) {
            return new Observation(Optional.empty(), Optional.of(new Exit.Lost()), OptionalLong.empty(), List.of());
        }
        var running = state.get().running();
        var exit = processes.exit(running);
        if (exit.isPresent()) {
            return new Observation(Optional.empty(), exit, OptionalLong.of(running.pid()), List.of());
        }
        return Listening.observe(processes.listeners(running), state.get());
    }

    @Override
    public Exit run(InstanceSpec spec, Output output, Duration limit, Cancel cancel) {
        var folder = layout.folder(spec);
        layout.prepare(spec, folder);
        int port = ports.take();
        try {
            var task = new Processes.Task(
                    layout.command(spec, folder, port), layout.confinement(spec, folder), folder.resolve("run"), limit);
            return processes.run(task, output, cancel);
        } finally {
            ports.give(port);
            layout.delete(folder);
        }
    }

    @Override
    public void stop(Instance instance, Duration grace) {
        kept(instance).ifPresent(state -> processes.stop(state.running(), grace));
    }

    @Override
    public void remove(Instance instance) {
        kept(instance).ifPresent(state -> ports.give(state.wantedPort()));
        kept.remove(instance.id());
        layout.retire(Path.of(instance.handle()));
    }

    @Override
    public List<Instance> find() {
        var found = new ArrayList<Instance>();
        for (var folder : layout.instances()) {
            read(folder).ifPresentOrElse(state -> found.add(state.instance()), () -> layout.delete(folder));
        }
        return found;
    }

    @Override
    public List<String> lastWords(Instance instance, int lines) {
        var run = Path.of(instance.handle()).resolve("run");
        var words = new ArrayList<String>();
        for (var name : List.of("out", "err")) {
            words.addAll(last(run.resolve(name), lines));
        }
        return words.subList(Math.max(0, words.size() - lines), words.size());
    }

    private static List<String> last(Path file, int lines) {
        try (var input = Files.newByteChannel(file)) {
            long start = Math.max(0, input.size() - LARGEST_READ);
            input.position(start);
            var buffer = java.nio.ByteBuffer.allocate((int) (input.size() - start));
            while (buffer.hasRemaining() && input.read(buffer) >= 0) {
                // until it is full
            }
            var all = new String(buffer.array(), 0, buffer.position(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException e) {
            return List.of();
        }
    }
}
