package dev.johwa.main;

import dev.johwa.door.cli.ExitCode;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.main.ship.Candidate;
import dev.johwa.main.ship.DebianFile;
import dev.johwa.main.ship.Place;
import dev.johwa.main.ship.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `johwa upgrade`: another version of the program, while everything works.
@Command(
        name = "upgrade",
        description = {
            "Replaces the program on this machine while everything works, and loses no request: takes a backup, puts the "
                    + "new one beside the old, starts a control plane of it, and then an edge that takes over the sockets.",
            "The one before stays, for the way back. Cut off, it goes on when it is said again."
        },
        footer = {
            "",
            "Example:",
            "  johwa upgrade johwa-0.2.0-linux-amd64.tar.gz --check",
            "  sudo johwa upgrade johwa-0.2.0-linux-amd64.tar.gz"
        })
final class UpgradeCommand implements Callable<Integer> {
    private static final Path OF_THE_SERVICE = Path.of("/var/lib/johwa");

    private final Session session;
    private final Clock clock = new SystemClock();

    @Parameters(
            arity = "0..1",
            paramLabel = "PATH",
            description = {
                "An archive of `johwa package`, or the folder of one, such as the program before; where Debian's package "
                        + "is installed, another one of it."
            })
    @Nullable
    Path path;

    @Option(names = "--check", description = "Only tell what would be done: change nothing.")
    boolean check;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of all state (default: that of this machine's service, else ~/.johwa).")
    @Nullable
    Path data;

    @Option(
            names = "--backup",
            paramLabel = "WHERE",
            description = "Place of the backup (default: that of the server, else DATA-backups, where 3 are kept).")
    @Nullable
    String backup;

    @Option(names = "--no-backup", description = "Take none.")
    boolean noBackup;

    @Option(
            names = "--prepare",
            hidden = true,
            paramLabel = "VERSION",
            description = "Only look whether that one may come, and take a backup: said by Debian's package.")
    @Nullable
    String prepare;

    @Option(names = "--json", description = "One JSON object a line.")
    boolean json;

    UpgradeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        var upgrade = new Upgrade(session, folder(), text -> teller().tell("progress", "… " + text));
        if (prepare != null) {
            return prepare(upgrade, prepare);
        }
        if (path == null) {
            throw Problem.user("usage.path", "which program is to come?")
                    .hint("name its archive: johwa upgrade johwa-0.2.0-linux-amd64.tar.gz")
                    .exception();
        }
        var home = session.surroundings().program().toRealPath();
        var given = session.folder().resolve(path);
        return DebianFile.isOne(given) ? debian(upgrade, DebianFile.open(given, home)) : upgrade(upgrade, given, home);
    }

    private int upgrade(Upgrade upgrade, Path given, Path home) throws IOException {
        var place = Place.of(home);
        requireRights(place);
        var candidate = Candidate.open(given, place);
        try {
            var here = Version.ofThisProgram();
            teller().tell(
                            "program",
                            "Johwa " + candidate.version() + ", sha256 " + candidate.digest()
                                    + ": whole, and runs on this machine");
            teller().tell("here", "here is Johwa " + here + ", in " + home);
            Upgrade.requireReadable(here, candidate.version());
            return check ? told(candidate, upgrade.working()) : make(upgrade, candidate, place, home);
        } finally {
            candidate.discard();
        }
    }

    private int prepare(Upgrade upgrade, String wanted) throws IOException {
        var version = Version.parse(wanted)
                .orElseThrow(() -> Problem.user("usage.version", "'" + wanted + "' is no version")
                        .exception());
        Upgrade.requireReadable(Version.ofThisProgram(), version);
        var working = upgrade.working().filter(upgrade::isOurs);
        if (working.isPresent()) {
            teller().tell("backup", "a backup      " + upgrade.backUp(working.get(), Optional.empty()));
        }
        return ExitCode.DONE;
    }

    private int debian(Upgrade upgrade, DebianFile file) throws IOException {
        teller().tell("program", "Johwa " + file.version() + ", sha256 " + file.digest() + ", a package of Debian");
        if (check) {
            teller().end("Nothing was changed: --check only tells.", Map.of());
            return ExitCode.DONE;
        }
        var program = file.install();
        if (upgrade.working().isEmpty()) {
            teller().end("Johwa " + file.version() + " is in its place; nothing works in " + folder() + ".", Map.of());
            return ExitCode.DONE;
        }
        var now = upgrade.awaitEdge(program);
        teller().end(
                        UpgradeTeller.words(file.version(), now, now.serving().equals(program), Optional.empty()),
                        Map.of("program", program));
        return now.serving().equals(program) ? ExitCode.DONE : ExitCode.NO;
    }

    private UpgradeTeller teller() {
        return new UpgradeTeller(session.screen(), clock, json);
    }

    private Path folder() {
        return data == null && Files.exists(OF_THE_SERVICE) ? OF_THE_SERVICE : session.data(data);
    }

    private void requireRights(Place place) {
        var folder = place.folder();
        if (!Files.isWritable(folder) || Files.exists(folder()) && !Files.isWritable(folder())) {
            throw Problem.user("upgrade.rights", folder + " or " + folder() + " belongs to somebody else")
                    .hint("say it as its owner, or as root: sudo johwa upgrade " + path)
                    .exception();
        }
    }

    private int told(Candidate candidate, Optional<Control> working) throws IOException {
        var now = working.map(control -> "a control plane works (pid " + control.pid() + ")")
                .orElse("no control plane works in " + folder());
        boolean isThere = working.map(Control::program)
                .filter(candidate.program()::equals)
                .isPresent();
        teller().end(
                        isThere
                                ? now + ", of this program already."
                                : now + ". Nothing was changed: --check only tells.",
                        Map.of());
        return ExitCode.DONE;
    }

    private int make(Upgrade upgrade, Candidate candidate, Place place, Path before) throws IOException {
        var working = upgrade.working();
        var program = candidate.program();
        boolean isThere = working.map(Control::program).filter(program::equals).isPresent();
        var backedUp = Optional.<String>empty();
        if (working.isPresent() && !noBackup && !isThere) {
            backedUp = backedUp(upgrade, working.get());
        }
        var home = upgrade.install(candidate, place);
        var back = "johwa upgrade " + before;
        var all = new LinkedHashMap<String, Object>();
        all.put("program", program);
        all.put("home", home.toString());
        backedUp.ifPresent(name -> all.put("backup", name));
        var change = new Upgrade.Change(home, before, candidate.version(), program, backedUp);
        boolean isBack = !home.equals(before) && change.isWayBackOpen();
        if (isBack) {
            all.put("back", back);
        }
        if (working.isEmpty()) {
            teller().end(
                            "Johwa " + candidate.version() + " is in its place; nothing works in " + folder()
                                    + ", and `johwa up` starts it.",
                            all);
            return ExitCode.DONE;
        }
        if (!isThere) {
            upgrade.restart(working.get(), change, place);
        }
        var now = upgrade.awaitEdge(program);
        upgrade.tidy(place, home, before);
        all.put("edge", now);
        boolean isWhole = now.serving().equals(program);
        teller().end(
                        UpgradeTeller.words(candidate.version().toString(), now, isWhole, backedUp)
                                + (isBack ? "\n  the way back  " + back : ""),
                        all);
        return isWhole ? ExitCode.DONE : ExitCode.NO;
    }

    /// Where the program was put to its place and not started, the backup was taken before.
    private Optional<String> backedUp(Upgrade upgrade, Control working) {
        if (upgrade.isOurs(working)) {
            return Optional.of(
                    upgrade.backUp(working, Optional.ofNullable(backup).map(this::where)));
        }
        teller().tell(
                        "progress",
                        "no backup: " + working.program() + " works, which is not this program (`johwa backup` by it)");
        return Optional.empty();
    }

    private String where(String text) {
        return text.contains("://")
                ? text
                : session.folder().resolve(text).toAbsolutePath().normalize().toString();
    }
}
