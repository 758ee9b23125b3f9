package dev.johwa.main.setup;

import dev.johwa.door.cli.ExitCode;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.clock.Durations;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Sizes;
import dev.johwa.main.ship.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `johwa move root@OTHER`: the whole platform goes to another machine.
@Command(
        name = "move",
        description = {
            "Moves the whole platform to an empty Debian or Ubuntu server, over your own ssh: sets it up, copies while",
            "everything works, stops here, copies the rest, and starts there, with every byte proven. When the other does",
            "not come up, the old one works on by itself. Say it again after an interruption: it goes on.",
            "Run it on the old server as root, or on a laptop whose ssh reaches both."
        },
        footer = {
            "",
            "Example:",
            "  johwa move root@203.0.113.9 --check",
            "  johwa move root@203.0.113.9 --from root@203.0.113.5"
        })
public final class MoveCommand implements Callable<Integer> {
    private static final Duration TO_SETTLE = Duration.ofSeconds(20);

    private final Session session;
    private final List<Ssh> connections = new ArrayList<>();

    @Parameters(paramLabel = "ADDRESS", description = "USER@HOST of the new server, as for ssh.")
    String address = "";

    @Option(names = "--port", paramLabel = "N", description = "Where its sshd listens (default: as ssh decides).")
    int port;

    @Nullable
    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            description =
                    "USER@HOST of the old server (default: this machine, or the server that commands here go to).")
    String from;

    @Option(names = "--from-port", paramLabel = "N", description = "Where its sshd listens.")
    int fromPort;

    @Option(names = "--check", description = "Only tell: change nothing.")
    boolean check;

    @Option(names = "--yes", description = "Take the key of a server that was never seen here, without a question.")
    boolean yes;

    @Option(names = "--no-forward", description = "The old server does not pass on what still comes there.")
    boolean noForward;

    @Nullable
    @Option(names = "--archive", paramLabel = "FILE", description = "Install this archive of `johwa package`.")
    Path archive;

    @Option(names = "--json", description = "One JSON document.")
    boolean json;

    public MoveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        var goal = Destination.parse(address, port);
        try {
            var old = old();
            var before = settled(old);
            require(before, goal);
            var ssh = connected(goal);
            var machine = Server.look(ssh, goal.toString());
            session.screen().progress(goal.host() + ": " + machine.summary());
            var installation = new Installation(session, archive);
            installation.require(machine.problems());
            var program = installation.program(machine);
            Installation.requireNotOlder(program, before.version().flatMap(Version::parse), old.name());
            var name = Installation.name(ssh, machine);
            var fresh = new Side(new Host.Far(ssh, machine.isBySudo()), goal.toString(), session.screen());
            if (fresh.isSame(old)) {
                throw Problem.user("move.same", goal + " is where the platform is already")
                        .hint("name another one, which is empty")
                        .exception();
            }
            var server = new Server(fresh.host(), program.sha256(), "", name);
            var settings = OldSettings.of(old, name);
            if (check) {
                return tellCheck(before, server);
            }
            var arrival =
                    new Arrival(session, fresh, machine, server, program, goal.host(), reached(ssh, goal), settings);
            var moved = new Move(old, fresh, arrival, new SystemClock()).run(before);
            var forwarding = new Forwarding(old, arrival.address());
            boolean forwards = !noForward && forwarding.begin();
            arrival.tidy();
            old.quietly("rm -rf " + Side.BACKUPS);
            tell(old, moved, forwards);
            return ExitCode.DONE;
        } finally {
            connections.forEach(Ssh::disconnect);
        }
    }

    private Side old() throws IOException {
        var given = from == null ? fromHere() : Optional.of(Destination.parse(from, fromPort));
        if (given.isEmpty()) {
            return new Side(new Host.Here(session.surroundings()), "this machine", session.screen());
        }
        var ssh = connected(given.get());
        var machine = Server.look(ssh, given.get().toString());
        return new Side(new Host.Far(ssh, machine.isBySudo()), given.get().toString(), session.screen());
    }

    /// Empty: this machine itself.
    private Optional<Destination> fromHere() {
        if (Files.isWritable(Path.of(Side.DATA, "secrets.key"))) {
            return Optional.empty();
        }
        var host = session.serverAddress().getHost();
        if (List.of("localhost", "127.0.0.1", "[::1]").contains(host)) {
            throw Problem.user("move.from", "the old server is not known: commands here go to " + host)
                    .hint("name it as for ssh: johwa move " + address + " --from root@ADDRESS")
                    .exception();
        }
        return Optional.of(Destination.parse("root@" + host, fromPort));
    }

    private Ssh connected(Destination destination) throws IOException {
        var around = session.surroundings();
        var ssh = new Ssh(around, destination, around.cache().resolve("johwa/ssh"));
        if (!ssh.isConnected()) {
            connections.add(ssh);
        }
        new Login(session, ssh, destination).in(yes);
        return ssh;
    }

    /// Where the old machine finds the new one.
    private static String reached(Ssh ssh, Destination goal) throws IOException {
        return ssh.setting("hostname")
                .filter(host -> host.matches("[A-Za-z0-9:][A-Za-z0-9:.-]*"))
                .orElse(goal.host());
    }

    /// A stop that an earlier move began may be under way, with nobody who leads it any more.
    private static Looked settled(Side old) throws IOException {
        var clock = new SystemClock();
        long deadline = clock.ticks() + TO_SETTLE.toNanos();
        var found = old.look();
        while (!found.gone() && !found.works() && found.to().isEmpty() && clock.ticks() < deadline) {
            found = old.look();
        }
        return found;
    }

    private void require(Looked before, Destination goal) {
        if (before.gone() && !before.to().equals(goal.host())) {
            throw Problem.user("move.gone", "the platform has moved to " + before.to() + " already")
                    .hint("move it from there: johwa move " + address + " --from root@" + before.to())
                    .exception();
        }
        if (!before.gone() && !before.works() && before.to().isEmpty()) {
            throw Problem.user("move.down", "no platform works on the old server")
                    .hint("start it there (systemctl start johwa); on an empty machine `johwa setup` makes one")
                    .exception();
        }
    }

    private int tellCheck(Looked before, Server server) throws IOException {
        var missing = server.missing().stream().map(Step::name).toList();
        if (json) {
            var document = new LinkedHashMap<String, Object>();
            document.put("apps", before.apps());
            document.put("bytes", before.bytes());
            document.put("missing", missing);
            document.put("packages", before.packages());
            document.put("names", before.names());
            session.screen().line(Json.pretty(document));
            return ExitCode.DONE;
        }
        var screen = session.screen();
        screen.line("Would move " + before.apps().size() + " apps, about " + Sizes.text(before.bytes()) + ":");
        before.apps().forEach(app -> screen.line("  " + app + ", " + app.state()));
        screen.line("To be installed there: "
                + (missing.isEmpty() ? "nothing" : String.join(", ", missing))
                + (before.packages().isEmpty() ? "" : "; for databases " + String.join(", ", before.packages())));
        screen.line("Nothing was changed: --check only tells.");
        return ExitCode.DONE;
    }

    private void tell(Side old, Move.Moved moved, boolean forwards) {
        var screen = session.screen();
        if (json) {
            var document = new LinkedHashMap<String, Object>();
            document.put("from", old.name());
            document.put("to", address);
            document.put("stoppedSeconds", moved.stoppedMillis() / 1000.0);
            document.put("apps", moved.now().apps());
            document.put("names", moved.now().names());
            document.put("forwards", forwards);
            screen.line(Json.pretty(document));
            return;
        }
        var apps = moved.now().apps();
        var others = apps.stream().filter(app -> !app.serves()).toList();
        screen.line("Moved: " + (apps.size() - others.size()) + " apps work on " + address + "; "
                + (moved.stoppedMillis() == 0
                        ? "an earlier move had stopped them."
                        : "nothing worked for " + Durations.text(moved.stoppedMillis()) + "."));
        others.forEach(app -> screen.line("Not live, as before: " + app + ", " + app.state()));
        if (!moved.now().names().isEmpty()) {
            screen.line("Point these names to the new server: "
                    + String.join(", ", moved.now().names()));
        }
        screen.line(
                forwards
                        ? "Until that is known everywhere, " + old.name()
                                + " passes on what comes there; afterwards end it there: " + Forwarding.END
                        : old.name() + " answers no longer.");
        screen.line("The old data lies there untouched in " + Side.DATA + "; delete it when you are sure.");
        screen.line("Next, on each laptop: johwa setup " + address);
    }
}
