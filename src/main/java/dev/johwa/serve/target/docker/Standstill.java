package dev.johwa.serve.target.docker;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.docker.Commands.CommandSpec;
import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Attached;
import dev.johwa.lib.process.FirstLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Containers of which nothing runs for a while. What the engine itself pauses stays so when nobody is left to let it
/// go on; so a command within stops all others, and lets them go on: after its time, and as soon as nobody holds its
/// input. The first process can be stopped from outside only, and that is done last. Safe for use by many threads.
final class Standstill {
    private static final Duration BEGINNING = Duration.ofSeconds(20);
    private static final String ON = "on";
    /// It never stops the machine itself. Who was just asked from outside may be stopped a moment after our end: so it
    /// is let go on more than once.
    private static final String STOP = """
            exec 3<&0
            space=$(readlink /proc/self/ns/pid)
            if [ -z "$space" ] || [ "$space" = "$2" ]; then exit 1; fi
            kill -STOP -1
            echo on
            sleep "$1" 3<&- >/dev/null 2>&1 & last=$!
            (read -r _ <&3; kill $last) >/dev/null 2>&1 & watch=$!
            wait $last
            kill $watch 2>/dev/null
            for _ in 1 2 3; do
              kill -CONT -1
              kill -CONT 1
              sleep 1
            done
            """;
    private static final String GO_ON = "kill -CONT -1; kill -CONT 1";

    private final Engine engine;
    private final Clock clock;
    private final Map<String, Attached> holders = new ConcurrentHashMap<>();

    Standstill(Engine engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    /// @throws dev.johwa.lib.problem.ProblemException when the container has no programs for it
    void begin(String container, Duration atMost) {
        var seconds = String.valueOf(Math.ceilDiv(atMost.toMillis(), 1_000));
        var holder = within(container, "sh", "-c", STOP, "johwa-fault", seconds, ownSpace());
        if (!FirstLine.is(ON, holder, clock, BEGINNING)) {
            end(holder);
            throw Problem.user("fault.programs", container + " cannot be paused")
                    .hint("that needs the programs sh, sleep and readlink in its image")
                    .exception();
        }
        Optional.ofNullable(holders.put(container, holder)).ifPresent(Standstill::end);
        var _ = engine.containers().kill(container, "STOP");
    }

    private static String ownSpace() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Attached within(String container, String... command) {
        return engine.commands()
                .start(
                        container,
                        new CommandSpec(List.of(command), Map.of(), Optional.empty(), Optional.empty(), false));
    }

    /// Also of one that an earlier control plane began; nothing happens where it has ended.
    void end(String container) {
        if (engine.containers().kill(container, "CONT")) {
            var going = within(container, "sh", "-c", GO_ON + "; echo on");
            var _ = FirstLine.is(ON, going, clock, BEGINNING);
            end(going);
        }
        Optional.ofNullable(holders.remove(container)).ifPresent(Standstill::end);
    }

    private static void end(Attached command) {
        try {
            command.end();
        } catch (IOException e) {
            // Its connection is gone, and with it whoever held its input.
        }
    }
}
