package dev.johwa.serve.target.docker;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.file.Whole;
import dev.johwa.lib.http.Probe;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Confinement;
import dev.johwa.lib.process.Confinement.Isolation;
import dev.johwa.lib.process.Confinement.Limits;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.process.Programs;
import dev.johwa.lib.process.Running;
import dev.johwa.serve.target.InstanceSpec;
import dev.johwa.serve.target.Targets.Docker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Ways from the networks of containers to ports of this machine's loopback, where databases and the edge answer: what
/// comes to the gateway of a network at such a port is handed to the loopback by systemd's socket proxy. It is a
/// process
/// of its own, so that connections outlive the control plane; it goes with its network.
///
/// The folder `.ways/NETWORK/PORT` has its output in `run` and how it is found again in `state`.
final class Ways {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/lib/systemd"), Path.of("/lib/systemd"));
    private static final String LISTENER = "systemd-socket-activate";
    private static final String PROXY = "systemd-socket-proxyd";
    private static final Duration TO_LISTEN = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Engine engine;
    private final Processes processes;
    private final Clock clock;
    private final Path folder;

    Ways(Docker parts) {
        this.engine = parts.engine();
        this.processes = parts.processes();
        this.clock = parts.clock();
        this.folder = parts.apps().resolve(".ways");
    }

    /// Whether this machine has what makes them.
    static boolean areThere() {
        return Programs.find(LISTENER, PLACES).isPresent()
                && Programs.find(PROXY, PLACES).isPresent();
    }

    /// Sees that there are those that an instance needs.
    ///
    /// @return addresses by the names under which it finds this machine; none where it needs nothing there
    synchronized Map<String, String> hosts(String network, InstanceSpec spec) {
        if (spec.reaches().isEmpty()) {
            return Map.of();
        }
        if (network.equals(Marks.HOST)) {
            return Map.of(InstanceSpec.MACHINE, "127.0.0.1");
        }
        var gateway = engine.networks()
                .gateway(network)
                .orElseThrow(() -> Problem.external(
                                "container.no-gateway", "the network " + network + " has no address of this machine")
                        .hint("`docker network inspect " + network + "` shows it; remove it, and deploy once more")
                        .exception());
        spec.reaches().stream().distinct().forEach(port -> require(network, gateway, port));
        var hosts = new HashMap<String, String>();
        hosts.put(InstanceSpec.MACHINE, gateway);
        spec.names().forEach(name -> hosts.put(name, gateway));
        return hosts;
    }

    private void require(String network, String gateway, int port) {
        var place = folder.resolve(network).resolve(String.valueOf(port));
        var known = state(place);
        if (known.filter(processes::isAlive).isPresent()) {
            return;
        }
        known.ifPresent(running -> processes.stop(running, Duration.ZERO));
        Trees.delete(place);
        var listens = gateway + ":" + port;
        var command = new Command(
                List.of(program(LISTENER), "-l", listens, program(PROXY), "127.0.0.1:" + port),
                Path.of("/"),
                Map.of("PATH", "/usr/bin:/bin"));
        var alone = new Confinement(Isolation.NONE, 0, List.of(), Limits.none(), List.of());
        try {
            Files.createDirectories(place);
            var running = processes.start(command, alone, place.resolve("run"));
            Whole.write(place.resolve("state"), Json.bytes(running));
            awaitListening(running, listens);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitListening(Running running, String listens) {
        long deadline = clock.ticks() + TO_LISTEN.toNanos();
        try (var probe = new Probe()) {
            awaitListening(probe, running, listens, deadline);
        }
    }

    private void awaitListening(Probe probe, Running running, String listens, long deadline) {
        while (!probe.connects(listens, LOOK)) {
            if (!processes.isAlive(running) || clock.ticks() > deadline) {
                throw Problem.resource(
                                "container.no-way",
                                "nothing can listen at " + listens + " for what its containers need: "
                                        + processes
                                                .exit(running)
                                                .map(Exit::text)
                                                .orElse("it does not begin"))
                        .hint(
                                "is the port taken there, or the engine not on this machine? `ss -ltnp` shows who listens")
                        .exception();
            }
            clock.pause(LOOK);
        }
    }

    private static String program(String name) {
        return Programs.find(name, PLACES)
                .map(Path::toString)
                .orElseThrow(() -> Problem.resource(
                                "container.no-way", name + " is not on this server, so containers reach nothing of it")
                        .hint("`apt-get install systemd` brings it")
                        .exception());
    }

    private static Optional<Running> state(Path place) {
        try {
            var file = place.resolve("state");
            return Files.exists(file)
                    ? Optional.of(Json.read(Files.readAllBytes(file), Running.class))
                    : Optional.empty();
        } catch (ProblemException e) {
            // Torn by a loss of power, after which it does not run.
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends those of networks that somebody else took away.
    void sweep(List<String> networks) {
        Trees.children(folder).stream()
                .map(each -> each.getFileName().toString())
                .filter(each -> !networks.contains(each))
                .forEach(this::end);
    }

    /// Ends those of a network that is gone.
    synchronized void end(String network) {
        var place = folder.resolve(network);
        for (var way : Trees.children(place)) {
            state(way).ifPresent(running -> processes.stop(running, Duration.ZERO));
        }
        Trees.delete(place);
    }
}
