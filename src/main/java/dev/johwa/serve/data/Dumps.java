package dev.johwa.serve.data;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Sizes;
import dev.johwa.serve.data.AppDatabase.State;
import dev.johwa.source.git.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Dumps of databases: made before what may spoil them and each day, kept within a budget, restored into a copy that
/// then takes the place of the database. Safe for use by many threads.
public final class Dumps {
    /// Why those are made that belong to a backup.
    public static final String BACKUP = "backup";

    /// What all dumps together may take on the disk.
    static final long BUDGET = 10L << 30;

    private static final Logger LOG = LoggerFactory.getLogger(Dumps.class);
    private static final Duration EACH = Duration.ofDays(1);

    private final DataStore store;
    private final Servers servers;
    private final Passwords passwords;
    private final Contained contained;
    private final Path folder;
    private final Clock clock;

    Dumps(DataPorts ports, DataStore store, Servers servers, Passwords passwords, Contained contained) {
        this.store = store;
        this.servers = servers;
        this.passwords = passwords;
        this.contained = contained;
        this.folder = ports.folder().resolve("dumps");
        this.clock = ports.clock();
    }

    private DumpFolder of(AppDatabase database) {
        return DumpFolder.of(folder, database, clock);
    }

    /// Takes away what was half written when the program ended, before any is made.
    void recover() {
        store.list().forEach(database -> of(database).removeHalves());
    }

    /// Newest first.
    public List<Dump> list(AppDatabase database) {
        return of(database).list();
    }

    /// The one of that name, or the newest.
    ///
    /// @throws ProblemException when there is none
    public Dump require(AppDatabase database, Optional<String> id) {
        return list(database).stream()
                .filter(dump -> id.isEmpty() || dump.id().equals(id.get()))
                .findFirst()
                .orElseThrow(() -> Problem.user(
                                "dump.unknown",
                                "there is no dump" + id.map(name -> " " + name).orElse("") + " of "
                                        + database.variable() + " of " + database.owner())
                        .hint("`johwa data dumps " + database.owner().name() + "` lists them")
                        .exception());
    }

    /// Makes one of what the database holds at this moment.
    ///
    /// @param why in words joined by `-`
    public Dump make(AppDatabase database, String why, Progress progress) {
        requireOurs(database);
        long start = clock.ticks();
        var dump = database.isContained()
                ? makeContained(database, why)
                : make(database, why, servers.of(database.server()).ensure(false));
        var text = database.variable() + " → " + dump.id() + ", " + Sizes.text(dump.bytes());
        progress.stage("dump", text, (clock.ticks() - start) / 1_000_000);
        tellBroken(database, progress);
        return dump;
    }

    private void tellBroken(AppDatabase database, Progress progress) {
        try {
            var broken = broken(database);
            if (!broken.isEmpty()) {
                progress.say("            without what refers to something that is gone: " + String.join(", ", broken));
                LOG.warn("database={} of {} is dumped without {}", database.variable(), database.owner(), broken);
            }
        } catch (ProblemException e) {
            // The dump is made, and what waits for it goes on.
            LOG.warn(
                    "database={} of {} is dumped, perhaps without views of what is gone: {}",
                    database.variable(),
                    database.owner(),
                    e.getMessage());
        }
    }

    private List<String> broken(AppDatabase database) {
        if (database.isContained()) {
            return contained.broken(database);
        }
        var server = servers.of(database.server());
        return server.engine().broken(server.ensure(false), passwords.role(database));
    }

    /// As [#make], by the programs of a newer server, which know best what it takes.
    Dump makeWith(AppDatabase database, Path programs, String why) {
        var site = servers.of(database.server()).ensure(false);
        return make(database, why, new Site(site.version(), programs, site.folder(), site.port()));
    }

    private Dump make(AppDatabase database, String why, Site site) {
        var engine = servers.of(database.server()).engine();
        var dump = written(database, why, out -> engine.dump(site, passwords.role(database), out));
        of(database).thin();
        return dump;
    }

    private Dump makeContained(AppDatabase database, String why) {
        var dump = written(database, why, out -> contained.dump(database, out));
        of(database).thin();
        return dump;
    }

    /// One that nobody needs.
    void delete(Dump dump) {
        Trees.delete(dump.file());
    }

    private Dump written(AppDatabase database, String why, Consumer<OutputStream> writing) {
        try {
            return of(database).write(why, writing);
        } catch (UncheckedIOException e) {
            var cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new ProblemException(
                    Problem.resource(
                                    "dump.failed",
                                    "the dump of " + database.variable() + " of " + database.owner()
                                            + " cannot be written: " + cause.getMessage())
                            .hint("make room in " + folder + ", then try again"),
                    e);
        }
    }

    static void requireOurs(AppDatabase database) {
        if (database.isElsewhere()) {
            throw Problem.user(
                            "data.elsewhere",
                            database.variable() + " of " + database.owner() + " is a database elsewhere")
                    .hint("whoever runs it dumps and restores it")
                    .exception();
        }
    }

    /// Takes a dump that somebody brings.
    public Dump take(AppDatabase database, InputStream in) {
        requireOurs(database);
        return written(database, "brought", out -> {
            try {
                in.transferTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /// Brings back what a dump holds: into a copy first, which then takes the place of the database. What is there now
    /// is dumped before. When anything fails, the database is as it was.
    public void restore(AppDatabase database, Dump dump, Progress progress) {
        requireOurs(database);
        make(database, "before-restore", progress);
        long start = clock.ticks();
        bringBack(database, dump);
        var text = dump.id() + " → " + database.variable() + "; its connections were cut";
        progress.stage("restore", text, (clock.ticks() - start) / 1_000_000);
    }

    /// The same where nothing that is there now needs to be kept.
    void bringBack(AppDatabase database, Dump dump) {
        store.mark(database, State.RESTORING);
        try {
            if (database.isContained()) {
                contained.restore(database, dump.file());
            } else {
                servers.of(database.server()).restore(passwords.role(database), dump.file());
            }
        } finally {
            store.mark(database, State.READY);
        }
    }

    /// Makes one of each database here, for a backup.
    ///
    /// Of one in a container that cannot be dumped now, its files are there.
    ///
    /// @throws ProblemException when another cannot be made: a backup without it would be none
    public void makeAll(String why, Progress progress) {
        for (var database : store.list()) {
            boolean isWanted = database.isServing() && !LentDatabases.isLent(database.owner());
            if (isWanted && database.isServed()) {
                make(database, why, progress);
            } else if (isWanted && database.isContained()) {
                makeWhereItCan(database, why, progress);
            }
        }
    }

    private void makeWhereItCan(AppDatabase database, String why, Progress progress) {
        try {
            make(database, why, progress);
        } catch (ProblemException e) {
            progress.say("  " + database.owner() + " is not dumped, only its files are kept: "
                    + e.problem().text());
        }
    }

    /// Makes those that are due and holds all to the budget. To be called now and then.
    void keep() {
        for (var database : store.list()) {
            boolean isKept = database.state() == State.READY && !LentDatabases.isLent(database.owner());
            if (isKept && !database.isElsewhere() && isDue(database)) {
                try {
                    make(database, "daily", line -> {});
                } catch (ProblemException e) {
                    LOG.warn(
                            "database={} of {} is not dumped: {}",
                            database.variable(),
                            database.owner(),
                            e.getMessage());
                }
            }
        }
        holdToBudget(BUDGET);
    }

    private boolean isDue(AppDatabase database) {
        var last = list(database).stream().findFirst();
        var since = last.map(Dump::at).orElse(database.createdAt());
        return since.plus(EACH).isBefore(clock.now());
    }

    /// The oldest go first; the newest of each database stays, whatever it takes.
    void holdToBudget(long bytes) {
        long used = Trees.size(folder);
        var spare = store.list().stream()
                .flatMap(database -> of(database).spare().stream())
                .sorted(Comparator.comparing(Dump::at))
                .toList();
        for (var dump : spare) {
            if (used <= bytes) {
                return;
            }
            Trees.delete(dump.file());
            used -= dump.bytes();
        }
    }

    /// Deletes those of a database that is gone for good.
    void discard(AppDatabase database) {
        of(database).delete();
    }
}
