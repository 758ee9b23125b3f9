package dev.johwa.main;

import dev.johwa.door.api.BackupList;
import dev.johwa.door.api.Client;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.file.Disk;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Detached;
import dev.johwa.lib.text.Sizes;
import dev.johwa.main.ship.Candidate;
import dev.johwa.main.ship.Place;
import dev.johwa.main.ship.Version;
import dev.johwa.serve.backup.Backups;
import dev.johwa.serve.router.Edge;
import dev.johwa.serve.router.Edges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The way from the program that works here to another one, step by step. Killed at any moment, the one or the other
/// works, and said again it goes on.
final class Upgrade {
    private static final Duration FOR_CONTROL = Duration.ofMinutes(2);
    private static final Duration FOR_EDGE = Duration.ofMinutes(2);
    private static final long KEPT_FREE = 1L << 30;
    /// Of backups beside the data folder, the newest.
    private static final int BACKUPS_KEPT = 3;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int LOOKS = 20;

    private final Session session;
    private final Path data;
    private final Consumer<String> progress;
    private final Clock clock = new SystemClock();
    private final Service service = new Service(clock);
    private final LocalServer server;

    Upgrade(Session session, Path data, Consumer<String> progress) {
        this.session = session;
        this.data = data;
        this.progress = progress;
        this.server = new LocalServer(session, data, clock);
    }

    /// @throws ProblemException when the other one could not read what the one here wrote
    static void requireReadable(Version there, Version wanted) {
        if (wanted.schema() < there.schema()) {
            throw Problem.user(
                            "upgrade.older",
                            "Johwa " + wanted + " cannot read the database of " + there
                                    + ", which works here: its form has moved from "
                                    + wanted.schema()
                                    + " to " + there.schema())
                    .hint("the way back is the backup from before the upgrade: unpack the older program elsewhere, then"
                            + " `johwa restore WHERE --data NEW_FOLDER` and `johwa up --data NEW_FOLDER` by it")
                    .exception();
        }
    }

    /// What works here now; empty where nothing does.
    Optional<Control> working() throws IOException {
        return server.url().isEmpty() ? Optional.empty() : Control.read(data);
    }

    /// Whether the one that works is the program that runs here, which alone may open its database.
    boolean isOurs(Control control) {
        return Environment.program(session.surroundings()).equals(control.program());
    }

    /// @param where a place for it; else that of the server, else a folder beside the data
    /// @return where it is
    String backUp(Control control, Optional<String> where) {
        progress.accept("takes a backup, while everything works");
        var made = server.ask(control.url(), "upgrade", client -> backUp(client, where));
        made.warnings().forEach(warning -> progress.accept("  warning: " + warning));
        return made.name() + " in " + made.where();
    }

    private BackupList.Item backUp(Client client, Optional<String> where) {
        try {
            return backUp(client, where, where.isPresent());
        } catch (ProblemException e) {
            if (!e.problem().code().equals("backup.where")) {
                throw e;
            }
            var beside = data.resolveSibling(data.getFileName() + "-backups");
            requireRoom(beside);
            var made = backUp(client, Optional.of(beside.toAbsolutePath().toString()), true);
            thin(beside.toAbsolutePath());
            return made;
        }
    }

    /// Nobody else looks after that folder. That there is one more than needed is no reason to end.
    private void thin(Path beside) {
        try {
            Backups.thinFolder(beside, data, clock, BACKUPS_KEPT);
        } catch (ProblemException | UncheckedIOException e) {
            progress.accept("  warning: older backups in " + beside + " stay: " + e.getMessage());
        }
    }

    /// Else it would take the room of what works.
    private void requireRoom(Path beside) {
        long bytes = Stream.of("johwa.db", "git", "blobs", "apps", "data", "logs")
                .mapToLong(name -> Trees.size(data.resolve(name)))
                .sum();
        long missing = Math.max(0, bytes - (Files.isDirectory(beside) ? Trees.size(beside) : 0));
        var disk = Disk.of(beside);
        if (disk.freeBytes() < missing + KEPT_FREE) {
            throw Problem.resource(
                            "upgrade.room",
                            "a backup in " + beside + " takes up to " + Sizes.text(missing) + ", and "
                                    + Sizes.text(disk.freeBytes()) + " are free on its disk")
                    .hint("name another place: --backup /mnt/backup or --backup s3://BUCKET/PREFIX; or go without:"
                            + " --no-backup")
                    .exception();
        }
    }

    private BackupList.Item backUp(Client client, Optional<String> where, boolean keys) {
        var order = new BackupList.Order(where, keys, Optional.empty());
        return client.backup(order, event -> event.text().ifPresent(line -> progress.accept("  " + line)));
    }

    /// The program is there, and is the one that is started from now on.
    ///
    /// @return its folder
    Path install(Candidate candidate, Place place) throws IOException {
        var home = candidate.install(place);
        progress.accept("puts " + place.link() + " to " + home);
        place.use(home);
        return home;
    }

    /// Another program in the place of the one before.
    ///
    /// @param home its folder
    /// @param before folder of the program until now
    /// @param backup from before, where one was taken
    record Change(Path home, Path before, Version version, String program, Optional<String> backup) {
        /// Whether the one before reads what this one writes.
        boolean isWayBackOpen() {
            return version.schema() == Version.ofThisProgram().schema();
        }
    }

    /// The control plane that works becomes one of that program. When none comes, the one before is brought back, if
    /// it can read what may have been written since.
    void restart(Control control, Change change, Place place) throws IOException {
        var program = change.program();
        boolean isService = service.isMain(control.pid());
        if (!isService && control.program() == null) {
            throw Problem.user(
                            "upgrade.hand",
                            "the program is in its place, and the control plane (pid " + control.pid()
                                    + ") is of one that cannot hand over")
                    .hint("end it (Ctrl-C, or kill " + control.pid() + ") and start `johwa up` again; apps go on")
                    .exception();
        }
        progress.accept(isService ? "restarts johwa.service" : "restarts the control plane, pid " + control.pid());
        if (comesUp(control, change.home(), place, isService, program)) {
            return;
        }
        var why = isService ? "why: journalctl -u johwa.service" : "why it says at its terminal";
        if (!change.isWayBackOpen()) {
            throw oneWay(change, why);
        }
        var before = change.before();
        progress.accept("it does not come up: goes back to " + before);
        place.use(before);
        if (isService || Detached.isAlive(control.pid())) {
            restart(control, before, place, isService);
        }
        throw Problem.system(
                        "upgrade.down",
                        "the control plane of " + program + " did not come up; the program is the one before again")
                .hint(isService ? why : why + "; where nothing works, start `johwa up` again")
                .exception();
    }

    private static ProblemException oneWay(Change change, String why) {
        var older = change.before().resolve("johwa");
        return Problem.system(
                        "upgrade.down",
                        "the control plane of " + change.program() + " did not come up, and the program before cannot"
                                + " read a database of its form; the program stays")
                .hint(why + "; the way back is the backup from before"
                        + change.backup().map(name -> ", " + name).orElse("") + ": `" + older
                        + " restore WHERE --data NEW_FOLDER` and `" + older + " up --data NEW_FOLDER`")
                .exception();
    }

    private boolean comesUp(Control control, Path home, Place place, boolean isService, String program)
            throws IOException {
        try {
            restart(control, home, place, isService);
        } catch (ProblemException e) {
            progress.accept("  " + e.problem().message());
            return false;
        }
        var _ = await(FOR_CONTROL, () -> works(program) || !isService && isGone(control.pid()));
        return works(program);
    }

    /// Not for a moment only: a process that becomes another program looks dead while its threads end.
    private boolean isGone(long pid) {
        for (int i = 0; i < LOOKS; i++) {
            if (Detached.isAlive(pid)) {
                return false;
            }
            clock.pause(PAUSE);
        }
        return true;
    }

    private void restart(Control control, Path home, Place place, boolean isService) throws IOException {
        if (isService) {
            service.renewUnits(home.resolve("systemd"));
            service.restart();
        } else {
            new Succession(data.resolve("run"), clock).ask(control.pid(), place.launcher());
        }
    }

    private boolean works(String program) {
        try {
            return working().map(Control::program).filter(program::equals).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /// Until the edge is of that program too, or has had its time.
    Edge.Programs awaitEdge(String program) {
        progress.accept("waits for the edge, which takes over the sockets of the one before");
        var run = data.resolve("edge");
        var _ = await(FOR_EDGE, () -> Edges.programs(run).serving().equals(program));
        return Edges.programs(run);
    }

    /// @return whether it came true in time
    private boolean await(Duration atMost, BooleanSupplier holds) {
        long deadline = clock.ticks() + atMost.toNanos();
        while (!holds.getAsBoolean()) {
            if (clock.ticks() > deadline) {
                return false;
            }
            clock.pause(PAUSE);
        }
        return true;
    }

    /// All but the program that is there and the one before.
    void tidy(Place place, Path home, Path before) {
        place.tidy(Set.of(home, before));
    }
}
