package dev.johwa.serve.target.docker;

import dev.johwa.lib.docker.Commands.CommandSpec;
import dev.johwa.lib.docker.ContainerSpec;
import dev.johwa.lib.docker.ContainerSpec.Input;
import dev.johwa.lib.docker.ContainerSpec.Wiring;
import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.target.Instance;
import dev.johwa.serve.target.InstanceSpec;
import dev.johwa.serve.target.Ports;
import dev.johwa.serve.target.Supply;
import dev.johwa.serve.target.Targets.Docker;
import dev.johwa.serve.target.docker.SharedVolumes.Leaving;
import dev.johwa.source.detect.ContainerRun.Volume;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Makes and takes away what instances are in the engine: containers, networks, volumes.
final class Making {
    private static final int MOST_PORTS = 5;
    private static final Pattern PORT_TAKEN = Pattern.compile("(?i)port is already allocated|address already in use");
    /// In its Dockerfile an image says that two of its containers may have its volumes at once.
    private static final String SHARED_VOLUMES = "dev.johwa.shared-volumes";

    private final Engine engine;
    private final Supply supply;
    private final Marks marks;
    private final Ways ways;
    private final VolumesOfApps volumes;
    private final Ports ports;
    private final Object networking = new Object();

    Making(Docker parts, Places places, Marks marks) {
        this(parts, places, marks, Ports.ofContainers());
    }

    Making(Docker parts, Places places, Marks marks, Ports ports) {
        this.engine = parts.engine();
        this.supply = parts.supply();
        this.ways = new Ways(parts);
        this.marks = marks;
        this.volumes = new VolumesOfApps(engine, places, marks);
        this.ports = ports;
    }

    void hold(int port) {
        ports.hold(port);
    }

    void give(int port) {
        ports.give(port);
    }

    Starting starting(InstanceSpec spec) {
        var name = supply.supply(spec.app(), spec.artifact());
        var image = engine.images()
                .inspect(name)
                .orElseThrow(
                        () -> Problem.external("container.no-image", "the container engine has lost the image " + name)
                                .hint("deploy once more")
                                .exception());
        return new Starting(spec, name, image);
    }

    /// Files that an image keeps for itself, such as those of a database, must not be opened by two at once.
    boolean runsBesideItself(InstanceSpec spec) {
        var image = starting(spec).image();
        boolean isWithout =
                image.volumes().isEmpty() && spec.container().volumes().stream().allMatch(Volume::isReadOnly);
        return isWithout || image.labels().getOrDefault(SHARED_VOLUMES, "").equals("true");
    }

    /// @param isReached whether a port of it is published
    Kept start(Instance instance, InstanceSpec spec, boolean isReached) {
        var starting = starting(spec);
        for (int tries = 1; ; tries++) {
            int port = isReached ? ports.take() : 0;
            try {
                return start(instance, starting, port);
            } catch (ProblemException e) {
                ports.give(port);
                if (tries == MOST_PORTS || !PORT_TAKEN.matcher(e.getMessage()).find()) {
                    throw e;
                }
            } catch (RuntimeException e) {
                ports.give(port);
                throw e;
            }
        }
    }

    /// @param port 0 for none that is published
    private Kept start(Instance instance, Starting starting, int port) {
        var published = port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
        var container = create(instance, starting, published, Input.NONE);
        try {
            engine.containers().start(container);
        } catch (ProblemException e) {
            engine.containers().remove(container);
            throw cannotStart(starting, e);
        }
        return new Kept(
                instance,
                container,
                starting.name(),
                starting.port(),
                port,
                starting.check(),
                "",
                starting.spec().container().program().grace(),
                networks(starting.spec()));
    }

    private static ProblemException cannotStart(Starting starting, ProblemException cause) {
        var words = cause.problem().message();
        if (Engine.isOutage(cause.problem())
                || !words.matches(
                        "(?s).*(executable file not found|no such file or" + " directory|permission denied).*")) {
            return cause;
        }
        var command = starting.spec().command();
        var what = command.isEmpty() ? "the image's own command" : "'" + command.getFirst() + "'";
        return new ProblemException(
                Problem.user("container.no-program", what + " cannot be started in its image: " + words)
                        .hint("is it installed in the last stage of the Dockerfile, and executable?"),
                cause);
    }

    /// Creates its container; one of the same name that is ours was left by an earlier try.
    String create(Instance instance, Starting starting, OptionalInt published, Input input) {
        var spec = starting.spec();
        var networks = marks.networks(spec, starting.aliases());
        var first = networks.getFirst();
        synchronized (networking) {
            networks.stream()
                    .filter(each -> !each.name().equals(Marks.HOST))
                    .forEach(each -> engine.networks().require(each.name(), marks.ofNetwork(spec), each.isInternal()));
        }
        boolean isPublished =
                published.isPresent() && !first.isInternal() && !first.name().equals(Marks.HOST);
        Map<Integer, Integer> reached = isPublished ? Map.of(starting.port(), published.getAsInt()) : Map.of();
        var wiring = new Wiring(Optional.of(first.name()), first.aliases(), reached);
        var mounts = new ArrayList<>(volumes.mounts(starting));
        mounts.addAll(SecretFiles.mounts(Path.of(instance.handle()), spec.container()));
        var container =
                starting.container(marks.of(spec), wiring, mounts, input).withHosts(ways.hosts(first.name(), spec));
        var created = create(instance.id(), container);
        networks.stream().skip(1).forEach(each -> engine.networks().connect(each.name(), created, each.aliases()));
        return created;
    }

    private String create(String name, ContainerSpec container) {
        try {
            return engine.containers().create(name, container);
        } catch (ProblemException e) {
            if (!e.problem().code().equals("docker.conflict")) {
                throw e;
            }
            removeOurs(name);
            return engine.containers().create(name, container);
        }
    }

    /// Names of the networks that an instance is in.
    List<String> networks(InstanceSpec spec) {
        return marks.networks(spec, List.of()).stream().map(Marks.Joined::name).toList();
    }

    /// Of one that is known: a program of before kept one network at most.
    List<String> networks(Kept state) {
        var instance = state.instance();
        if (!state.networks().isEmpty()) {
            return state.networks();
        }
        return List.of(
                state.network().isEmpty() ? marks.network(instance.app(), instance.environment()) : state.network());
    }

    private void removeOurs(String name) {
        var there = engine.containers().inspect(name);
        if (there.isPresent() && !isOurs(there.get().labels())) {
            throw Problem.external("container.name-taken", "a container named '" + name + "' is there and not ours")
                    .hint("rename it: `docker rename " + name + " OTHER`; then deploy once more")
                    .exception();
        }
        engine.containers().remove(name);
    }

    private boolean isOurs(Map<String, String> labels) {
        return marks.platform().equals(labels.get(Marks.PLATFORM));
    }

    /// What a command within a container is given.
    CommandSpec within(Kept state, InstanceSpec spec, boolean isTerminal) {
        var values = new HashMap<>(spec.environmentValues());
        values.put("PORT", String.valueOf(state.port()));
        values.put("HOST", "0.0.0.0");
        return new CommandSpec(spec.command(), values, Optional.empty(), Optional.empty(), isTerminal);
    }

    /// Of an instance, also when it is only known by its name.
    void removeContainer(Kept state) {
        engine.containers()
                .inspect(state.name())
                .filter(container -> isOurs(container.labels()))
                .ifPresent(container -> engine.containers().remove(container.id()));
    }

    /// @param isLast forgets an instance of those networks, and says of one whether no other needs it
    void leave(List<String> networks, Predicate<String> isLast) {
        synchronized (networking) {
            networks.stream()
                    .filter(isLast)
                    .filter(name -> !name.equals(Marks.HOST))
                    .forEach(this::removeNetwork);
        }
    }

    private void removeNetwork(String name) {
        try {
            if (engine.networks().remove(name)) {
                ways.end(name);
            }
        } catch (ProblemException e) {
            // It costs nothing but its addresses, and goes with the next.
        }
    }

    /// Takes away all with these labels.
    ///
    /// @return folders of volumes that others have too
    List<Path> discard(Leaving leaving, Map<String, String> labels) {
        engine.containers().list(labels).forEach(each -> engine.containers().remove(each.id()));
        engine.networks().list(labels).forEach(this::removeNetwork);
        return Stream.concat(volumes.remove(labels).stream(), volumes.leave(leaving).stream())
                .toList();
    }

    /// Ends what leads from networks to this machine.
    void rest() {
        ways.sweep(List.of());
    }

    /// Takes away containers of ours of which no instance is known.
    void sweep(List<String> known) {
        ways.sweep(engine.networks().list(marks.ours()));
        for (var each : engine.containers().list(marks.ours())) {
            if (!known.contains(each.labels().get(Marks.INSTANCE))) {
                engine.containers().remove(each.id());
            }
        }
    }
}
