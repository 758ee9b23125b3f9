package dev.johwa.serve.data;

import dev.johwa.lib.http.Probe;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.data.AppDatabase.State;
import dev.johwa.source.git.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// How databases come to be: here, or as the address of one elsewhere. Safe for use by many threads.
final class Making {
    private static final Duration TO_CONNECT = Duration.ofSeconds(5);
    private static final int LONGEST_NAME = 40;

    private final DataPorts ports;
    private final DataStore store;
    private final Servers servers;
    private final Passwords passwords;
    private final DataStatuses statuses;

    Making(DataPorts ports, DataStore store, Servers servers, Passwords passwords, DataStatuses statuses) {
        this.ports = ports;
        this.store = store;
        this.servers = servers;
        this.passwords = passwords;
        this.statuses = statuses;
    }

    /// Makes a database for an app. Asked for again, what is not there yet is made, and the rest left as it is.
    ///
    /// @param variable under which the app finds its address
    /// @param version the major one; the newest on this machine when empty
    /// @throws ProblemException when it cannot be made; then what is written of it is made later
    AppDatabase add(Owner owner, Kind kind, String variable, Optional<String> version, Progress progress) {
        var known = store.find(owner, variable);
        if (known.isPresent() && (known.get().kind() != kind || !known.get().isServed())) {
            throw taken(known.get());
        }
        known.ifPresent(each -> version.ifPresent(wanted -> requireVersion(each, wanted)));
        if (known.filter(each -> each.state() == State.READY).isPresent()) {
            return known.get();
        }
        var name = nameFor(owner);
        var server = known.map(AppDatabase::server).orElseGet(() -> servers.forNew(kind, name, version));
        var fresh = new AppDatabase(
                owner,
                variable,
                kind,
                server,
                name,
                State.MAKING,
                false,
                ports.clock().now());
        return make(store.begin(fresh), progress);
    }

    private void requireVersion(AppDatabase known, String wanted) {
        var is = servers.of(known.server()).version();
        if (!is.equals(wanted)) {
            var owner = known.owner();
            throw Problem.user("data.exists", known.variable() + " of " + owner + " is there, of version " + is)
                    .hint("`johwa data upgrade " + owner.name() + " " + known.variable() + " --to " + wanted
                            + "` brings it to another one")
                    .exception();
        }
    }

    /// Takes the address of a database elsewhere.
    ///
    /// @throws ProblemException when it is none, or nothing answers there
    AppDatabase give(Owner owner, Kind kind, String variable, String address) {
        var known = store.find(owner, variable);
        if (known.filter(each -> !each.isElsewhere() || each.kind() != kind).isPresent()) {
            throw taken(known.get());
        }
        var place = kind.place(address);
        try (var probe = new Probe()) {
            if (!probe.connects(place.getHostString() + ":" + place.getPort(), TO_CONNECT)) {
                throw Problem.external(
                                "data.unreachable",
                                "nothing answers at " + place.getHostString() + ":" + place.getPort())
                        .hint("see that the database lets this server in, or mend the address")
                        .exception();
            }
        }
        passwords.give(owner, variable, address);
        var given = new AppDatabase(
                owner, variable, kind, "", "", State.READY, false, ports.clock().now());
        return store.begin(given);
    }

    private static ProblemException taken(AppDatabase known) {
        var what = known.isElsewhere()
                ? "the address of one elsewhere"
                : "a database of kind " + known.kind().word() + (known.isContained() ? " in a container" : "");
        return Problem.user("data.exists", known.owner() + " has " + what + " as " + known.variable() + " already")
                .hint("choose another name with --as, or remove that one: `johwa data remove "
                        + known.owner().name() + " " + known.variable() + "`")
                .exception();
    }

    /// Makes what is written of it and not there yet.
    AppDatabase make(AppDatabase database, Progress progress) {
        long start = ports.clock().ticks();
        boolean isFirst = store.list().stream()
                .filter(each -> each.server().equals(database.server()))
                .noneMatch(each -> each.isServing() || each.state() == State.REMOVING);
        var server = servers.of(database.server());
        passwords.make(database);
        server.create(database.name(), passwords.of(database), isFirst);
        store.mark(database, State.READY);
        var _ = ports.tasks().run("how databases are", () -> statuses.now(List.of(database)));
        long millis = (ports.clock().ticks() - start) / 1_000_000;
        progress.stage("data", database.kind().word() + " " + server.version() + " → " + database.variable(), millis);
        return store.find(database.owner(), database.variable()).orElse(database);
    }

    /// No two databases ever have the same: what one left behind is never another's.
    private static String nameFor(Owner owner) {
        var parts = owner.app().equals(owner.project())
                ? List.of(owner.project(), owner.environment())
                : List.of(owner.project(), owner.app(), owner.environment());
        var plain = String.join("_", parts).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        var cut = plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
        return cut + "_" + UUID.randomUUID().toString().substring(0, 8);
    }
}
