package dev.johwa.watch.chaos;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.release.Stage;
import dev.johwa.serve.router.Trouble;
import dev.johwa.serve.target.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Begins faults and undoes them. A fault is stored before it is done, and forgotten after it is undone, so that each
/// is undone by somebody: by us at its end, by the next control plane where we are killed, and by what does it (the
/// edge's table, who wakes a paused instance, who holds a file) where no other comes. Safe for use by many threads.
final class Faults {
    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
    private static final int MOST = 20;
    /// What is left on a disk is not for faults.
    private static final long KEPT_FREE = 2L << 30;
    /// What it did is counted a moment later.
    private static final Duration AFTER = Duration.ofSeconds(30);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final FaultStore store;
    private final Clock clock;
    private final Tasks tasks;
    private final Consumer<Set<String>> resuming;
    private final Map<String, On> on = new ConcurrentHashMap<>();

    /// @param resuming lets instances of these ids go on
    Faults(FaultStore store, Clock clock, Tasks tasks, Consumer<Set<String>> resuming) {
        this.store = store;
        this.clock = clock;
        this.tasks = tasks;
        this.resuming = resuming;
    }

    List<Fault> all() {
        return store.all();
    }

    /// Begins one; it ends by itself.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when it cannot be done
    synchronized Fault begin(Stage stage, FaultOrder order, String by) {
        var on = prepared(stage, order, by);
        store.begin(on.fault());
        this.on.put(on.fault().id(), on);
        try {
            stage.disturb(on.fault().endsAt().plus(AFTER));
            act(on, order);
        } catch (RuntimeException e) {
            end(on, "it could not be done");
            throw e;
        }
        if (order.kind() == FaultKind.KILL) {
            end(on, "the instance is started again");
        } else {
            tasks.after(order.time(), "fault", () -> end(on, "its time is over"));
        }
        return on.fault();
    }

    private On prepared(Stage stage, FaultOrder order, String by) {
        if (on.size() >= MOST) {
            throw Problem.user("fault.many", MOST + " faults are on, which is enough")
                    .hint("`johwa chaos` lists them, `johwa chaos stop` ends them")
                    .exception();
        }
        if (!stage.release().settings().faults().orElse(true)) {
            throw Problem.user("fault.forbidden", "nothing is broken on purpose in " + stage.where())
                    .hint("`faults: false` says so, in johwa.yaml or in the rules of this server")
                    .exception();
        }
        var now = clock.now();
        var id = UUID.randomUUID().toString().substring(0, 8);
        var file = order.kind() == FaultKind.DISK ? room(stage, order, id) : "";
        var fault = new Fault(
                id,
                stage.where(),
                stage.release().number(),
                order.kind(),
                order.text(),
                chosen(stage, order).stream().map(Instance::id).toList(),
                file,
                by,
                now,
                now.plus(order.time()));
        return new On(fault, stage, trouble(order, fault));
    }

    private static List<Instance> chosen(Stage stage, FaultOrder order) {
        if (!order.kind().isOfInstances()) {
            return List.of();
        }
        var all = stage.instances();
        if (all.isEmpty()) {
            throw Problem.user("fault.instances", "no instance of " + stage.where() + " runs")
                    .hint("`johwa status` tells how it is; at the edge there are latency, errors and resets")
                    .exception();
        }
        all.stream()
                .filter(each -> !each.target().equals("process"))
                .findFirst()
                .ifPresent(each -> {
                    throw Problem.user(
                                    "target.fault",
                                    "instances on " + each.target() + " are not disturbed on purpose: "
                                            + order.kind().word())
                            .hint("at the edge there are latency, errors and resets, for all")
                            .exception();
                });
        return order.kind() == FaultKind.DISK
                ? all.subList(0, 1)
                : all.subList(0, order.instances().of(all.size()));
    }

    private String room(Stage stage, FaultOrder order, String id) {
        if (on.values().stream().anyMatch(each -> each.fault().kind() == FaultKind.DISK)) {
            // What it will have filled is not known yet, and together they might leave nothing.
            throw Problem.user("fault.disk", "a disk is being filled already")
                    .hint("one at a time; `johwa chaos` lists it")
                    .exception();
        }
        var folder = stage.data()
                .orElseThrow(() -> Problem.user("fault.data", stage.where() + " has no folder of data to fill")
                        .hint("`data: [uploads/]` in johwa.yaml makes one")
                        .exception())
                .getValue();
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free - order.bytes() < KEPT_FREE) {
                throw Problem.resource(
                                "fault.disk",
                                "the disk has " + (free >> 20) + " MiB left, and " + (KEPT_FREE >> 20)
                                        + " MiB of them are not for faults")
                        .hint("fill less: --size")
                        .exception();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder.resolve(".johwa-fault-" + id).toString();
    }

    private static Optional<Trouble> trouble(FaultOrder order, Fault fault) {
        Optional<String> kind = switch (order.kind()) {
            case LATENCY -> Optional.of(Trouble.LATENCY);
            case ERRORS -> Optional.of(Trouble.ERRORS);
            case RESETS -> Optional.of(Trouble.RESETS);
            case KILL, PAUSE, CPU, MEMORY, DISK -> Optional.empty();
        };
        var field = order.header().orElse("");
        int colon = field.indexOf(':');
        var name = colon < 0 ? field : field.substring(0, colon);
        var value = colon < 0 ? "" : field.substring(colon + 1).strip();
        return kind.map(each -> new Trouble(
                each,
                order.share(),
                name.toLowerCase(Locale.ROOT),
                value,
                order.delay().toMillis(),
                order.status(),
                fault.endsAt().toEpochMilli()));
    }

    private void act(On on, FaultOrder order) {
        var stage = on.stage();
        if (on.trouble().isPresent()) {
            atTheEdge(stage);
            return;
        }
        for (var instance : stage.instances()) {
            if (!on.fault().instances().contains(instance.id())) {
                continue;
            }
            switch (order.kind()) {
                case KILL -> stage.kill(instance);
                case PAUSE -> stage.suspend(instance, order.time());
                case CPU -> enter(on, instance, Burner.cpu(order.cpus(), order.time()));
                case MEMORY -> enter(on, instance, Burner.memory(order.bytes(), order.time()));
                case DISK -> enter(on, instance, Burner.disk(order.bytes(), order.time(), inside(on)));
                case LATENCY, ERRORS, RESETS -> {}
            }
        }
    }

    /// The file as the instance sees it.
    private static String inside(On on) {
        var name = Path.of(on.fault().file()).getFileName().toString();
        return on.stage().data().orElseThrow().getKey() + name;
    }

    private static void enter(On on, Instance instance, List<String> command) {
        on.burners().add(on.stage().enter(instance, command));
    }

    /// All that goes wrong there at once, as the table is whole.
    private void atTheEdge(Stage stage) {
        var all = new ArrayList<Trouble>();
        on.values().stream()
                .filter(each -> each.stage().host().equals(stage.host()))
                .forEach(each -> each.trouble().ifPresent(all::add));
        stage.trouble(all);
    }

    /// Ends those that are meant.
    ///
    /// @return how many
    int end(Predicate<Fault> meant, String why) {
        var all = on.values().stream().filter(each -> meant.test(each.fault())).toList();
        all.forEach(each -> end(each, why));
        return all.size();
    }

    private synchronized void end(On one, String why) {
        var fault = one.fault();
        if (!on.containsKey(fault.id())) {
            return;
        }
        try {
            on.remove(fault.id());
            undo(one);
            store.end(fault, why);
        } catch (RuntimeException | IOException e) {
            // One that is not undone does not keep the others from it.
            LOG.warn("fault={} app={} is not undone yet: {}", fault.kind().word(), fault.where(), e.getMessage());
            on.put(fault.id(), one);
            tasks.after(AGAIN, "fault", () -> end(one, why));
        }
    }

    private void undo(On one) throws IOException {
        if (one.trouble().isPresent()) {
            atTheEdge(one.stage());
        }
        for (var burner : one.burners()) {
            burner.end();
        }
        leave(one.fault());
    }

    private void leave(Fault fault) {
        if (fault.kind() == FaultKind.PAUSE) {
            var paused = new HashSet<>(fault.instances());
            on.values().stream()
                    .map(On::fault)
                    .filter(other -> other.kind() == FaultKind.PAUSE)
                    .forEach(other -> paused.removeAll(other.instances()));
            resuming.accept(paused);
        }
        if (!fault.file().isEmpty()) {
            try {
                Files.deleteIfExists(Path.of(fault.file()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Undoes what an earlier control plane left: who wanted it has gone with it.
    ///
    /// @param reroute sends the edge a table, which has nothing of it
    void recover(Runnable reroute) {
        left().forEach(fault -> leaveBehind(fault, reroute));
    }

    /// None that somebody begins at this moment.
    private synchronized List<Fault> left() {
        return store.all().stream().filter(fault -> !on.containsKey(fault.id())).toList();
    }

    private void leaveBehind(Fault fault, Runnable reroute) {
        try {
            if (!fault.kind().isOfInstances()) {
                reroute.run();
            }
            leave(fault);
            store.end(fault, "another control plane started");
        } catch (RuntimeException e) {
            LOG.warn("fault={} app={} is not undone yet: {}", fault.kind().word(), fault.where(), e.getMessage());
            tasks.after(AGAIN, "fault", () -> leaveBehind(fault, reroute));
        }
    }
}
