package dev.johwa.main;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Piped;
import dev.johwa.lib.process.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The platform as a service of this machine's systemd: its units are those of a package or of `johwa setup`.
final class Service {
    private static final String SERVICE = "johwa.service";
    private static final List<String> SOCKETS = List.of("johwa.socket", "johwa-tls.socket");
    private static final Path UNITS = Path.of("/etc/systemd/system");
    private static final Map<String, String> PATH = Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C");
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String BACK = "johwa-back";
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int TRIES = 40;

    private final Clock clock;

    Service(Clock clock) {
        this.clock = clock;
    }

    boolean isActive() {
        return run("systemctl", "-q", "is-active", SERVICE).isSuccess();
    }

    /// Whether that process is the service's.
    boolean isMain(long pid) {
        return Programs.firstLine(List.of("systemctl", "show", "-p", "MainPID", "--value", SERVICE))
                .filter(String.valueOf(pid)::equals)
                .isPresent();
    }

    /// Edge and instances go on; back once it is ready.
    void restart() {
        require("systemctl", "restart", SERVICE);
    }

    /// Units that `johwa setup` copied are those of the program.
    ///
    /// @param from the program's
    void renewUnits(Path from) throws IOException {
        boolean isChanged = false;
        for (var unit : Trees.children(from)) {
            var there = UNITS.resolve(unit.getFileName());
            if (Files.isRegularFile(there) && Files.mismatch(unit, there) >= 0) {
                Files.copy(unit, there, StandardCopyOption.REPLACE_EXISTING);
                isChanged = true;
            }
        }
        if (isChanged) {
            require("systemctl", "daemon-reload");
        }
    }

    /// Those that begin with the machine, sockets first.
    List<String> enabled() {
        var all = new ArrayList<>(SOCKETS);
        all.add(SERVICE);
        all.removeIf(unit -> !run("systemctl", "-q", "is-enabled", unit).isSuccess());
        return all;
    }

    /// Edge and instances go on.
    void stop() {
        require("systemctl", "stop", SOCKETS.getFirst(), SOCKETS.getLast(), SERVICE);
    }

    void disable(List<String> units) {
        units.forEach(unit -> require("systemctl", "disable", unit));
    }

    /// What came here no longer goes on to another machine.
    void endForwarding() {
        var _ = run("systemctl", "disable", "--now", "johwa-moved.socket", "johwa-moved-tls.socket");
    }

    /// Now and with the machine. A port may still be held for a moment by what ends.
    void enable(List<String> units) {
        for (var unit : units) {
            var words = new String[] {"systemctl", "enable", "--now", unit};
            for (int i = 0; i < TRIES && !run(words).isSuccess(); i++) {
                clock.pause(PAUSE);
            }
            require(words);
        }
    }

    /// Says something after a while, whatever becomes of us.
    void arm(Duration delay, List<String> words) {
        disarm();
        var all = new ArrayList<>(List.of("systemd-run", "--quiet", "--collect", "--unit=" + BACK));
        all.add("--on-active=" + delay.toSeconds());
        all.addAll(words);
        require(all.toArray(String[]::new));
    }

    void disarm() {
        var _ = run("systemctl", "stop", BACK + ".timer");
    }

    private static void require(String... words) {
        var ended = run(words);
        if (!ended.isSuccess()) {
            throw Problem.resource("service.systemd", "`" + String.join(" ", words) + "` failed: " + ended.errors())
                    .hint("`systemctl status " + SERVICE + "` on that machine tells more")
                    .exception();
        }
    }

    private static Piped.Ended run(String... words) {
        try {
            var command = new Command(List.of(words), Path.of("/"), PATH);
            return Piped.run(command, InputStream.nullInputStream(), OutputStream.nullOutputStream(), LIMIT);
        } catch (IOException e) {
            return new Piped.Ended(1, String.valueOf(e.getMessage()));
        }
    }
}
