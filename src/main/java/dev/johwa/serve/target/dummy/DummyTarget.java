package dev.johwa.serve.target.dummy;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.http.LoopbackServer;
import dev.johwa.lib.process.Attached;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Output;
import dev.johwa.lib.process.TerminalSize;
import dev.johwa.lib.process.Usage;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.target.Instance;
import dev.johwa.serve.target.InstanceSpec;
import dev.johwa.serve.target.Observation;
import dev.johwa.serve.target.Target;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Instances that are pretended, but answer real HTTP on 127.0.0.1. They live as long as this object.
///
/// Steered by environment values: `DUMMY_EXIT` (ends at once with this status), `DUMMY_LISTEN_AFTER` (milliseconds;
/// `never`), `DUMMY_JOB_EXIT` (how a job ends at once; else it goes on), `DUMMY_STATUS` and `DUMMY_BODY` (what it
/// answers), `DUMMY_HEALTHY_AFTER` (milliseconds until its own check passes; `never`), `DUMMY_PRINT` (lines that it
/// prints), `DUMMY_TAKES` (milliseconds that a command takes).
public final class DummyTarget implements Target {
    private static final Duration STEP = Duration.ofMillis(5);

    private final Clock clock;
    private final Map<String, Pretended> instances = new ConcurrentHashMap<>();

    public DummyTarget(Clock clock) {
        this.clock = clock;
    }

    /// An instance that does nothing but listen, after a while.
    private static final class Pretended {
        final Instance instance;
        final Map<String, String> values;

        @Nullable
        LoopbackServer server;

        @Nullable
        Exit exit;

        Pretended(Instance instance, Map<String, String> values) {
            this.instance = instance;
            this.values = values;
            if (values.containsKey("DUMMY_EXIT")) {
                exit = status(values);
            }
        }

        synchronized Observation observe(long aliveMillis) {
            if (exit != null) {
                return Observation.ended(exit);
            }
            var after = values.getOrDefault("DUMMY_LISTEN_AFTER", "0");
            if (server == null && !after.equals("never") && aliveMillis >= Long.parseLong(after)) {
                int status = Integer.parseInt(values.getOrDefault("DUMMY_STATUS", "200"));
                server = new LoopbackServer(0, status, values.getOrDefault("DUMMY_BODY", "dummy"));
            }
            var address = Optional.ofNullable(server).map(open -> "127.0.0.1:" + open.port());
            return new Observation(address, true, Optional.empty(), OptionalLong.of(1), List.of(), ailing(aliveMillis));
        }

        private Optional<String> ailing(long aliveMillis) {
            var after = values.getOrDefault("DUMMY_HEALTHY_AFTER", "0");
            boolean isHealthy = !after.equals("never") && aliveMillis >= Long.parseLong(after);
            return isHealthy ? Optional.empty() : Optional.of("is not healthy by its own check");
        }

        synchronized void stop() {
            if (server != null) {
                server.close();
            }
            if (exit == null) {
                exit = new Exit.Signal(15);
            }
        }
    }

    private static Exit status(Map<String, String> values) {
        return new Exit.Status(Integer.parseInt(values.getOrDefault("DUMMY_EXIT", "0")));
    }

    private static List<String> lines(Map<String, String> values) {
        return values.getOrDefault("DUMMY_PRINT", "").lines().toList();
    }

    @Override
    public String name() {
        return "dummy";
    }

    @Override
    public Instance start(InstanceSpec spec) {
        return start(spec, spec.environmentValues());
    }

    private Instance start(InstanceSpec spec, Map<String, String> values) {
        var instance = new Instance(
                spec.id(),
                spec.app(),
                spec.environment(),
                spec.release(),
                spec.process(),
                name(),
                spec.id(),
                clock.now());
        instances.put(spec.id(), new Pretended(instance, values));
        return instance;
    }

    @Override
    public Observation observe(Instance instance) {
        var pretended = instances.get(instance.id());
        if (pretended == null) {
            return Observation.ended(new Exit.Lost());
        }
        return pretended.observe(
                Duration.between(instance.startedAt(), clock.now()).toMillis());
    }

    /// As much for each, for as long as it is alive.
    @Override
    public Optional<Usage> usage(Instance instance) {
        return observe(instance).isAlive()
                ? Optional.of(new Usage(64 << 20, Duration.ofMillis(1500)))
                : Optional.empty();
    }

    @Override
    public Instance begin(InstanceSpec spec) {
        var values = new HashMap<>(spec.environmentValues());
        values.put("DUMMY_LISTEN_AFTER", "never");
        Optional.ofNullable(values.get("DUMMY_JOB_EXIT")).ifPresent(status -> values.put("DUMMY_EXIT", status));
        return start(spec, values);
    }

    @Override
    public Attached open(InstanceSpec spec, Optional<TerminalSize> terminal) {
        var values = spec.environmentValues();
        return new PretendedProgram(values.getOrDefault("DUMMY_PRINT", ""), status(values));
    }

    @Override
    public Attached enter(Instance instance, InstanceSpec spec, Optional<TerminalSize> terminal) {
        return open(spec, terminal);
    }

    @Override
    public Optional<Exit> exit(Instance instance) {
        return observe(instance).exit();
    }

    /// Crashes an instance: from now on it is seen as ended with this status.
    public void crash(Instance instance, int status) {
        var pretended = instances.get(instance.id());
        if (pretended != null) {
            synchronized (pretended) {
                pretended.exit = new Exit.Status(status);
                pretended.stop();
            }
        }
    }

    @Override
    public Exit run(InstanceSpec spec, Output output, Duration limit, Cancel cancel) {
        lines(spec.environmentValues()).forEach(line -> output.line(Output.Channel.OUT, line));
        var takes = Duration.ofMillis(Long.parseLong(spec.environmentValues().getOrDefault("DUMMY_TAKES", "0")));
        long start = clock.ticks();
        while (clock.ticks() - start < takes.toNanos()) {
            if (cancel.isCancelled()) {
                return new Exit.Cancelled(cancel.reason().orElse("cancelled"));
            }
            if (clock.ticks() - start > limit.toNanos()) {
                return new Exit.TimedOut(limit);
            }
            try {
                clock.sleep(STEP);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Exit.Cancelled("the server stops");
            }
        }
        return status(spec.environmentValues());
    }

    @Override
    public void stop(Instance instance, Duration grace) {
        Optional.ofNullable(instances.get(instance.id())).ifPresent(Pretended::stop);
    }

    @Override
    public void remove(Instance instance) {
        stop(instance, Duration.ZERO);
        instances.remove(instance.id());
    }

    @Override
    public List<Instance> find() {
        return instances.values().stream().map(pretended -> pretended.instance).toList();
    }

    @Override
    public List<String> lastWords(Instance instance, int lines) {
        var pretended = instances.get(instance.id());
        var all = pretended == null ? List.<String>of() : lines(pretended.values);
        return all.subList(Math.max(0, all.size() - lines), all.size());
    }
}
