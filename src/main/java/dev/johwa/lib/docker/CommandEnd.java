package dev.johwa.lib.docker;

import dev.johwa.lib.docker.Commands.CommandSpec;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// Ends a command within a container, for which the engine has no call.
record CommandEnd(Wire wire) {
    private static final long LAST_MOMENT_MILLIS = 500;
    private static final String PIDS = "NSpid:";

    /// @param pid of this machine
    void end(String container, long pid) {
        var process = ProcessHandle.of(pid);
        if (process.isPresent() && !isEnded(process.get())) {
            endWithin(container, pid);
        }
    }

    /// @return false when it is not ours to end
    private static boolean isEnded(ProcessHandle process) {
        var all = Stream.concat(Stream.of(process), process.descendants()).toList();
        if (!process.destroy()) {
            return !process.isAlive();
        }
        all.forEach(ProcessHandle::destroy);
        try {
            process.onExit().get(LAST_MOMENT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // It does not obey.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
        return true;
    }

    /// Who may use the engine may run commands as root there, though its processes are not ours: where the image has
    /// `kill`, that ends it.
    void endWithin(String container, long pid) {
        try {
            var inside = inside(pid);
            if (inside.isPresent()) {
                var kill = List.of("kill", "-KILL", inside.get());
                var spec = new CommandSpec(kill, Map.of(), Optional.empty(), Optional.of("0"), false);
                var killing = new Commands(wire).start(container, spec);
                killing.out().transferTo(OutputStream.nullOutputStream());
                killing.in().close();
            }
        } catch (ProblemException | IOException e) {
            // It ends with its container.
        }
    }

    /// Its number in its container (proc(5)).
    private static Optional<String> inside(long pid) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith(PIDS))
                    .map(line -> line.substring(line.lastIndexOf('\t') + 1))
                    .findFirst();
        }
    }
}
