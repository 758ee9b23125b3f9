package dev.johwa.lib.process;

import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Processes of our own program that live on without the one that started them: in a session of their own, what they
/// print appended to a file.
public final class Detached {
    private Detached() {}

    /// @return its process id
    public static long start(List<String> argv, Path log) {
        var words = new ArrayList<>(Signals.back());
        words.add("/usr/bin/setsid");
        words.addAll(argv);
        try {
            return Spawn.start(new ProcessBuilder(words)
                            .redirectInput(ProcessBuilder.Redirect.from(
                                    Path.of("/dev/null").toFile()))
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())))
                    .pid();
        } catch (IOException e) {
            throw Problem.resource("process.start", "'" + argv.getFirst() + "' cannot be started: " + e.getMessage())
                    .exception();
        }
    }

    public static boolean isAlive(long pid) {
        return ProcFolder.stat(pid).filter(stat -> stat.state() != 'Z').isPresent();
    }

    /// Whether it is over with all that it held, also where who started it has not asked how it ended.
    public static boolean hasEnded(long pid) {
        return ProcFolder.hasEnded(pid);
    }

    /// Ends it at once, when it lives.
    public static void kill(long pid) {
        if (isAlive(pid)) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
