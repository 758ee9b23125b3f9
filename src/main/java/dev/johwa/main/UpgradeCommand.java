package dev.johwa.main;

import dev.johwa.door.cli.ExitCode;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.main.ship.Candidate;
import dev.johwa.main.ship.Place;
import dev.johwa.main.ship.Version;
import dev.johwa.serve.router.Edge;
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
            "Replaces the program on this machine while everything works: takes a backup, puts the new one beside the",
            "old, starts a control plane of it, and then an edge that takes over the sockets; no request is lost.",
            "The one before stays for the way back. Cut off, it goes on when it is said again."
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
            paramLabel = "PATH",
            description = "An archive of `johwa package`, or the folder of one, such as the program before.")
    Path path = Path.of("");

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
            description = "Place of the backup (default: that of the server, else DATA-backups).")
    @Nullable
    String backup;

    @Option(names = "--no-backup", description = "Take none.")
    boolean noBackup;

    @Option(names = "--json", description = "One JSON object a line.")
    boolean json;

    UpgradeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        var home = session.surroundings().program().toRealPath();
        var place = Place.of(home);
        requireRights(place);
        var candidate = Candidate.open(session.folder().resolve(path), place);
        try {
            var here = Version.ofThisProgram();
            tell(
                    "program",
                    "Johwa " + candidate.version() + ", sha256 " + candidate.digest()
                            + ": whole, and runs on this machine");
            tell("here", "here is Johwa " + here + ", in " + home);
            Upgrade.requireReadable(here, candidate);
            var upgrade = new Upgrade(session, folder(), text -> tell("progress", "… " + text));
            return check ? told(candidate, upgrade.working()) : make(upgrade, candidate, place, home);
        } finally {
            candidate.discard();
        }
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
        end(
                isThere ? now + ", of this program already." : now + ". Nothing was changed: --check only tells.",
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
        if (!home.equals(before)) {
            all.put("back", back);
        }
        if (working.isEmpty()) {
            end(
                    "Johwa " + candidate.version() + " is in its place; nothing works in " + folder()
                            + ", and `johwa up` starts it.",
                    all);
            return ExitCode.DONE;
        }
        if (!isThere) {
            upgrade.restart(working.get(), home, before, place, program);
        }
        var now = upgrade.awaitEdge(program);
        upgrade.tidy(place, home, before);
        all.put("edge", now);
        boolean isWhole = now.serving().equals(program);
        end(words(candidate, now, isWhole, backedUp) + (home.equals(before) ? "" : "\n  the way back  " + back), all);
        return isWhole ? ExitCode.DONE : ExitCode.NO;
    }

    /// Where the program was put to its place and not started, the backup was taken before.
    private Optional<String> backedUp(Upgrade upgrade, Control working) {
        if (upgrade.isOurs(working)) {
            return Optional.of(
                    upgrade.backUp(working, Optional.ofNullable(backup).map(this::where)));
        }
        tell(
                "progress",
                "no backup: " + working.program() + " works, which is not this program (`johwa backup` by it)");
        return Optional.empty();
    }

    private String where(String text) {
        return text.contains("://")
                ? text
                : session.folder().resolve(text).toAbsolutePath().normalize().toString();
    }

    private static String words(Candidate candidate, Edge.Programs now, boolean isWhole, Optional<String> backup) {
        var text = new StringBuilder("Johwa " + candidate.version() + " works");
        text.append(
                isWhole
                        ? ", control plane and edge."
                        : "; the edge goes on by " + now.serving() + " (why: johwa status).");
        if (!now.leaving().isEmpty()) {
            text.append("\n  the edge before (pid ")
                    .append(now.leaving().getFirst())
                    .append(") ends with its last connections, within 10 minutes");
        }
        backup.ifPresent(name -> text.append("\n  a backup      ").append(name));
        return text.toString();
    }

    private void tell(String event, String text) {
        if (json && !check) {
            session.screen()
                    .line(Json.write(Map.of("event", event, "at", clock.now().toString(), "text", text)));
        } else {
            session.screen().progress(text);
        }
    }

    private void end(String text, Map<String, Object> all) {
        if (!json) {
            session.screen().line(text);
            return;
        }
        var document = new LinkedHashMap<String, Object>();
        document.put("event", "done");
        document.put("at", clock.now().toString());
        document.put("text", text);
        document.putAll(all);
        session.screen().line(Json.write(document));
    }
}
