package dev.johwa.watch.chaos;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.FirstLine;
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
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Begins faults and undoes them. A fault is stored before it is done, and forgotten after it is undone, so that each
/// is undone by somebody: by us at its end, by the next control plane where we are killed, and by what does it (the
/// edge's table, who wakes a paused instance, who holds a file) where no other comes. Safe for use by many threads.
final class Faults {
    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
    private static final int MOST = 20;
    /// What it did is counted a moment later.
    private static final Duration AFTER = Duration.ofSeconds(30);
    private static final Duration BEGINNING = Duration.ofSeconds(20);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final FaultStore store;
    private final Clock clock;
    private final Tasks tasks;
    private final Mender mender;
    private final BooleanSupplier forbidden;
    private final Map<String, On> on = new ConcurrentHashMap<>();
    /// Ids of those whose rows could not be deleted yet.
    private final Set<String> undone = new HashSet<>();

    /// @param forbidden whether nothing may be broken on this server now
    Faults(FaultStore store, Clock clock, Tasks tasks, Mender mender, BooleanSupplier forbidden) {
        this.store = store;
        this.clock = clock;
        this.tasks = tasks;
        this.mender = mender;
        this.forbidden = forbidden;
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
            disturb(on);
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
        if (forbidden.getAsBoolean() || !stage.release().settings().faults().orElse(true)) {
            throw Problem.user("fault.forbidden", "nothing is broken on purpose in " + stage.where())
                    .hint("`faults: false` says so, in johwa.yaml or in the rules of this server")
                    .exception();
        }
        requireNotCut(stage, order);
        var now = clock.now();
        var id = UUID.randomUUID().toString().substring(0, 8);
        var fault = new Fault(
                id,
                stage.where(),
                stage.release().number(),
                order.kind(),
                order.text(),
                Aim.instances(stage, order).stream().map(Instance::id).toList(),
                order.kind() == FaultKind.DISK ? file(stage, order, id) : "",
                order.data().orElse(""),
                by,
                now,
                now.plus(order.time()));
        return new On(fault, stage, Aim.trouble(order, fault.endsAt()));
    }

    /// The one that ends first would let the app in.
    private void requireNotCut(Stage stage, FaultOrder order) {
        var wanted = order.data().orElse("");
        if (!wanted.isEmpty()
                && on.values().stream()
                        .map(On::fault)
                        .anyMatch(other -> other.where().equals(stage.where())
                                && other.data().equals(wanted))) {
            throw Problem.user("fault.cut", wanted + " of " + stage.where() + " is cut already")
                    .hint("`johwa chaos` tells until when")
                    .exception();
        }
    }

    private String file(Stage stage, FaultOrder order, String id) {
        if (on.values().stream().anyMatch(each -> each.fault().kind() == FaultKind.DISK)) {
            // What it will have filled is not known yet, and together they might leave nothing.
            throw Problem.user("fault.disk", "a disk is being filled already")
                    .hint("one at a time; `johwa chaos` lists it")
                    .exception();
        }
        return Aim.file(stage, order, id).toString();
    }

    /// What users meet is counted for the release that serves them, and data are those of all releases there.
    private void disturb(On one) {
        var where = one.fault().where();
        if (!isMet(one)) {
            return;
        }
        var last = on.values().stream()
                .filter(each -> each.fault().where().equals(where) && isMet(each))
                .map(each -> each.fault().endsAt())
                .reduce(clock.now(), (some, other) -> some.isAfter(other) ? some : other);
        mender.disturb(where, last.plus(AFTER));
    }

    private static boolean isMet(On one) {
        return one.stage().serves() || one.fault().kind().isOfData();
    }

    private void act(On on, FaultOrder order) {
        var stage = on.stage();
        if (on.trouble().isPresent()) {
            atTheEdge(stage);
            return;
        }
        if (order.kind() == FaultKind.CUT) {
            on.burners().add(stage.cut(on.fault().data(), order.time()));
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
                case CUT, LATENCY, ERRORS, RESETS -> {}
            }
        }
    }

    /// The file as the instance sees it.
    private static String inside(On on) {
        var name = Path.of(on.fault().file()).getFileName().toString();
        return on.stage().data().orElseThrow().getKey() + name;
    }

    private void enter(On on, Instance instance, List<String> command) {
        var burner = on.stage().enter(instance, command);
        on.burners().add(burner);
        if (!FirstLine.is(Burner.ON, burner, clock, BEGINNING)) {
            throw Problem.user("fault.programs", on.fault().words() + " does not begin in " + instance.id())
                    .hint("that needs the programs sh, head, tail and sleep there; kill, latency, errors and resets"
                            + " need none")
                    .exception();
        }
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
        try {
            if (on.remove(fault.id()) != null) {
                undo(one);
                undone.add(fault.id());
                disturb(one);
            }
            if (undone.contains(fault.id())) {
                store.end(fault, why);
                undone.remove(fault.id());
            }
        } catch (RuntimeException | IOException e) {
            // One that is not undone does not keep the others from it.
            LOG.warn("fault={} app={} is not undone yet: {}", fault.kind().word(), fault.where(), e.getMessage());
            if (!undone.contains(fault.id())) {
                on.put(fault.id(), one);
            }
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
            mender.resume(paused);
        }
        if (!fault.data().isEmpty()) {
            mender.join(fault.where(), fault.data());
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
    void recover() {
        left().forEach(this::leaveBehind);
    }

    /// None that somebody begins at this moment.
    private synchronized List<Fault> left() {
        return store.all().stream()
                .filter(fault -> !on.containsKey(fault.id()) && !undone.contains(fault.id()))
                .toList();
    }

    private void leaveBehind(Fault fault) {
        try {
            if (fault.kind().isAtEdge()) {
                mender.reroute();
            }
            leave(fault);
            mender.disturb(fault.where(), clock.now().plus(AFTER));
            store.end(fault, "another control plane started");
        } catch (RuntimeException e) {
            LOG.warn("fault={} app={} is not undone yet: {}", fault.kind().word(), fault.where(), e.getMessage());
            tasks.after(AGAIN, "fault", () -> leaveBehind(fault));
        }
    }
}
