package dev.johwa.serve.data;

import dev.johwa.lib.file.Disk;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Sizes;
import dev.johwa.serve.data.Upgrade.Step;
import dev.johwa.source.git.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings databases to another major version, each when somebody asks for it: by dump and restore into a server beside,
/// which has it from one moment on. Each step is stored before it is done; what was cut off before that moment is
/// undone, so that the old server has it as before. Safe for use by many threads.
public final class Upgrades {
    /// How long the old one is kept.
    public static final Duration KEPT = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(Upgrades.class);
    private static final int MOST_NAMES = 5;

    private final DataPorts ports;
    private final DataStore databases;
    private final UpgradeStore store;
    private final Servers servers;
    private final Dumps dumps;
    private final Passwords passwords;
    private final Set<String> going = ConcurrentHashMap.newKeySet();

    Upgrades(DataPorts ports, DataStore databases, Servers servers, Dumps dumps) {
        this.ports = ports;
        this.databases = databases;
        this.store = new UpgradeStore(ports.database());
        this.servers = servers;
        this.dumps = dumps;
        this.passwords = new Passwords(ports.values());
    }

    /// Those that go on, and those whose old database is kept.
    public List<Upgrade> list() {
        return store.list();
    }

    /// The newest major version on this machine, when a database could go there.
    public Optional<String> newer(AppDatabase database) {
        return !database.isServed() ? Optional.empty() : servers.newer(servers.of(database.server()));
    }

    /// What an upgrade would do.
    ///
    /// @param to a major version; the newest on this machine when empty
    /// @throws ProblemException when it cannot be done
    public UpgradePlan plan(AppDatabase database, Optional<String> to) {
        Dumps.requireOurs(database);
        Contained.requireServed(database);
        requireIdle(database);
        var server = servers.of(database.server());
        var goal = servers.goal(server, to);
        long bytes = Optional.ofNullable(
                        server.engine().usage(server.ensure(false)).get(database.name()))
                .map(Engine.Usage::bytes)
                .orElse(0L);
        long free = Disk.of(ports.folder()).freeBytes();
        var plan = UpgradePlan.of(database, server.version(), goal, bytes, free);
        if (free < plan.needed()) {
            throw Problem.resource(
                            "data.room",
                            "there is no room for an upgrade of " + database.variable() + " of " + database.owner()
                                    + ": it needs " + Sizes.text(plan.needed()) + ", and " + Sizes.text(free)
                                    + " are free at " + ports.folder())
                    .hint("make room there (`johwa gc`, or a larger disk), then try again; nothing was changed")
                    .exception();
        }
        return plan;
    }

    /// Refuses what needs a database on which nobody works.
    ///
    /// @throws ProblemException when it is being made, restored, removed or upgraded
    public void requireIdle(AppDatabase database) {
        requireUnmoved(database);
        if (database.state() != AppDatabase.State.READY) {
            throw busy(database);
        }
    }

    /// Refuses what would disturb an upgrade that goes on.
    ///
    /// @throws ProblemException when one does
    public void requireUnmoved(AppDatabase database) {
        if (going.contains(database.name())) {
            throw busy(database);
        }
    }

    private static ProblemException busy(AppDatabase database) {
        return Problem.user(
                        "data.busy",
                        database.variable() + " of " + database.owner() + " is being changed at this moment")
                .hint("wait until that has ended; `johwa data "
                        + database.owner().name() + "` tells how it is")
                .exception();
    }

    /// Begins one; the caller closes it, however it went.
    public UpgradeUnderway begin(UpgradePlan plan, Progress progress) {
        var database = plan.database();
        if (!going.add(database.name())) {
            throw busy(database);
        }
        try {
            // Another one may have ended since the plan was made.
            if (databases
                    .find(database.owner(), database.variable())
                    .filter(now -> now.server().equals(database.server()))
                    .isEmpty()) {
                throw busy(database);
            }
            forget(database);
            var upgrade = Upgrade.of(plan, ports.clock().now());
            store.begin(upgrade);
            return new UpgradeUnderway(this, ports.clock(), plan, upgrade, progress);
        } catch (RuntimeException e) {
            going.remove(database.name());
            throw e;
        }
    }

    /// Copies everything into the new server while the app works as ever.
    void rehearse(UpgradePlan plan, Upgrade upgrade) {
        boolean isFirst = databases.list().stream().noneMatch(isOn(upgrade.to()));
        servers.of(upgrade.to()).create(upgrade.name(), passwords.of(plan.database()), isFirst);
        dumps.delete(copied(plan, upgrade, "rehearsal"));
    }

    /// @return how many counts were compared
    int move(UpgradePlan plan, Upgrade upgrade) {
        mark(upgrade, Step.MOVING);
        var old = servers.of(upgrade.from());
        var role = passwords.role(plan.database());
        var movable = old.engine().movable();
        movable.close(old.ensure(false), role);
        copied(plan, upgrade, "before-upgrade");
        var there = movable.contents(old.site(), role);
        var here = movable.contents(servers.of(upgrade.to()).site(), role);
        if (!there.equals(here)) {
            throw different(there, here);
        }
        store.give(upgrade, upgrade.to(), Step.SWITCHED, ports.clock().now());
        return there.size();
    }

    private static ProblemException different(Map<String, Long> there, Map<String, Long> here) {
        var names = Stream.concat(there.keySet().stream(), here.keySet().stream())
                .distinct()
                .filter(name -> !Objects.equals(there.get(name), here.get(name)))
                .sorted()
                .limit(MOST_NAMES)
                .map(name -> name + ": " + there.getOrDefault(name, 0L) + " there, " + here.getOrDefault(name, 0L)
                        + " here");
        return Problem.system("data.different", "the copy is not the same: " + names.collect(Collectors.joining("; ")))
                .hint("the old server has it as before; please report what the tables are")
                .exception();
    }

    private Dump copied(UpgradePlan plan, Upgrade upgrade, String why) {
        var server = servers.of(upgrade.to());
        var site = server.ensure(false);
        var role = passwords.role(plan.database());
        var dump = dumps.makeWith(plan.database(), site.programs(), why);
        server.restore(role, dump.file());
        server.engine().movable().takeSettings(servers.of(upgrade.from()).site(), site, role);
        return dump;
    }

    private void mark(Upgrade upgrade, Step step) {
        store.mark(upgrade, step, ports.clock().now());
    }

    /// Those that the new server has, of which nobody knows yet whether their apps came live with it.
    public List<Upgrade> switched() {
        return store.list().stream()
                .filter(each -> each.step() == Step.SWITCHED && !going.contains(each.name()))
                .toList();
    }

    /// The new server has it for good; the old one is kept for a while.
    public void keep(Upgrade upgrade) {
        mark(upgrade, Step.KEPT);
        rest(upgrade.from());
    }

    /// Ends it: what is not kept is undone, now or later.
    void end(Upgrade upgrade, Progress progress) {
        try {
            var now = store.find(upgrade).filter(each -> each.step() != Step.KEPT);
            if (now.isPresent()) {
                undo(now.get());
                progress.say("  " + upgrade.from() + " has it as before.");
            }
        } catch (ProblemException e) {
            LOG.error("upgrade of database={} cannot be undone now: {}", upgrade.name(), e.getMessage());
            progress.say("  It cannot be undone at this moment, which is tried again: "
                    + e.problem().text());
        } finally {
            going.remove(upgrade.name());
        }
    }

    /// The old server has it as before, and nothing of it is left on the new one.
    public void undo(Upgrade upgrade) {
        if (upgrade.step() == Step.SWITCHED) {
            store.give(upgrade, upgrade.from(), Step.MOVING, ports.clock().now());
        }
        if (upgrade.step() != Step.COPYING) {
            reopen(upgrade);
            mark(upgrade, Step.COPYING);
        }
        drop(upgrade.to(), upgrade);
        store.forget(upgrade);
    }

    private void reopen(Upgrade upgrade) {
        var database = databases.find(upgrade.owner(), upgrade.variable());
        if (database.isPresent()) {
            servers.of(upgrade.from()).create(upgrade.name(), passwords.of(database.get()), false);
        }
    }

    /// Deletes the old one that was kept.
    ///
    /// @return whether there was one
    public boolean forget(AppDatabase database) {
        var kept = store.list().stream().filter(each -> each.isKeptOf(database)).findFirst();
        kept.ifPresent(this::forget);
        return kept.isPresent();
    }

    private void forget(Upgrade kept) {
        drop(kept.from(), kept);
        store.forget(kept);
    }

    /// Deletes what a server has of it, and the server when it has nothing else.
    private void drop(String name, Upgrade upgrade) {
        var server = servers.of(name);
        boolean isAlone = store.list().stream()
                .filter(each -> !each.name().equals(upgrade.name()))
                .noneMatch(each -> each.uses(name));
        if (!server.retire(() -> isAlone && databases.list().stream().noneMatch(isOn(name)))) {
            server.drop(upgrade.name());
            rest(name);
        }
    }

    /// A server that only has what is kept need not run.
    private void rest(String name) {
        if (databases.list().stream().noneMatch(isOn(name))) {
            servers.of(name).stop();
        }
    }

    private static Predicate<AppDatabase> isOn(String server) {
        return each -> each.server().equals(server);
    }

    /// All of them are over: the databases here were made from dumps.
    void clear() {
        store.list().forEach(store::forget);
    }

    /// Undoes what was cut off and deletes what was kept long enough; what cannot be is tried again later.
    void settle() {
        for (var upgrade : store.list()) {
            try {
                settle(upgrade);
            } catch (ProblemException e) {
                LOG.warn("upgrade of database={}: {}", upgrade.name(), e.getMessage());
            }
        }
    }

    /// Nobody else works on it meanwhile; what it is now counts, since one that went on may have ended.
    private void settle(Upgrade listed) {
        if (!going.add(listed.name())) {
            return;
        }
        try {
            store.find(listed).ifPresent(this::settleAlone);
        } finally {
            going.remove(listed.name());
        }
    }

    private void settleAlone(Upgrade upgrade) {
        switch (upgrade.step()) {
            case COPYING, MOVING -> {
                undo(upgrade);
                LOG.info("upgrade of database={} was cut off and is undone", upgrade.name());
            }
            case KEPT -> {
                if (until(upgrade).isBefore(ports.clock().now())) {
                    forget(upgrade);
                }
            }
            case SWITCHED -> {}
        }
    }

    /// How long the old one is kept.
    public Instant until(Upgrade kept) {
        return kept.at().plus(KEPT);
    }
}
