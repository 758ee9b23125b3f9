package dev.johwa.lib.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Small programs of the system that do one thing and end.
final class Tool {
    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin");
    private static final int PATIENCE_SECONDS = 10;

    private Tool() {}

    /// Runs one to its end.
    ///
    /// @param input what it reads
    /// @return whether it says that all went well
    static boolean run(String input, String... argv) {
        try {
            var process = Spawn.start(builder(List.of(argv)));
            try (var to = process.getOutputStream()) {
                to.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It ended before it read: its status tells.
            }
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Starts one that lives on.
    static void start(List<String> argv) {
        try {
            Spawn.start(builder(argv));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessBuilder builder(List<String> argv) {
        var words = new ArrayList<>(argv);
        words.set(0, find(argv.getFirst()));
        return new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    /// Our own PATH need not hold the folders of the system's tools.
    private static String find(String name) {
        return name.startsWith("/")
                ? name
                : FOLDERS.stream()
                        .map(folder -> Path.of(folder, name))
                        .filter(Files::isExecutable)
                        .map(Path::toString)
                        .findFirst()
                        .orElse(name);
    }
}
