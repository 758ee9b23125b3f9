package dev.johwa.lib.process;

import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Small questions to programs of the machine, such as their version.
public final class Programs {
    private static final int PATIENCE_SECONDS = 10;
    private static final int MOST = 4096;

    private Programs() {}

    /// The program of that name in the first of these folders that has it.
    public static Optional<Path> find(String name, List<Path> folders) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /// The first line that a program prints; empty when it cannot be started, fails, or says nothing in ten seconds.
    public static Optional<String> firstLine(List<String> argv) {
        try {
            var process = Spawn.start(new ProcessBuilder(argv)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())));
            try (var out = process.getInputStream()) {
                var text = new String(out.readNBytes(MOST), StandardCharsets.UTF_8);
                boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return ended && process.exitValue() == 0 ? text.lines().findFirst() : Optional.empty();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// Whether some process has this as its working folder.
    public static boolean worksIn(Path folder) {
        return ProcFolder.all().stream().anyMatch(stat -> ProcFolder.worksIn(stat.pid(), folder));
    }

    /// Hands the terminal to a program, or whatever else our own streams are, until it ends.
    ///
    /// @return its exit status
    public static int onTerminal(Command command) {
        var builder = new ProcessBuilder(command.argv())
                .directory(command.folder().toFile())
                .inheritIO();
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        try {
            return Spawn.start(builder).waitFor();
        } catch (IOException e) {
            throw Problem.resource(
                            "process.start", "'" + command.argv().getFirst() + "' cannot be started: " + e.getMessage())
                    .exception();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }
}
