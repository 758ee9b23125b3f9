package dev.johwa.build.toolchain;

import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Confinement;
import dev.johwa.lib.process.Confinement.Bind;
import dev.johwa.lib.process.Confinement.Isolation;
import dev.johwa.lib.process.Confinement.Limits;
import dev.johwa.lib.process.Output.Channel;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.detect.Toolchains.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Runs a registry's client in an empty folder that is its home too: nothing of any project can tell it what to fetch
/// from where. Used by one thread.
///
/// @param tool with which the client comes
/// @param machine values of the server's own environment that lead to the registries
record Client(Processes processes, Tool tool, Map<String, String> machine, Path work, Cancel cancel) {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int MOST_LINES = 200_000;
    private static final int LAST_LINES = 5;
    private static final int MOST_PROCESSES = 512;
    private static final long LARGEST_FILE = 2L << 30;

    /// What it prints.
    ///
    /// @throws IOException with its last words when it fails
    List<String> run(List<String> argv, Map<String, String> values) throws IOException {
        Files.createDirectories(work.resolve("tmp"));
        var environment = new HashMap<>(machine);
        environment.put("PATH", tool.bin() + ":/usr/local/bin:/usr/bin:/bin");
        environment.put("HOME", work.toString());
        environment.put("TMPDIR", work.resolve("tmp").toString());
        environment.putAll(values);
        var out = new ArrayList<String>();
        var last = new ArrayDeque<String>();
        var steps = Files.createDirectories(work.resolveSibling(work.getFileName() + ".steps"));
        var task = new Processes.Task(
                new Command(argv, work, environment),
                confinement(),
                steps.resolve(String.valueOf(steps.toFile().list().length)),
                LIMIT);
        var exit = processes.run(
                task,
                (channel, line) -> {
                    if (channel == Channel.OUT && out.size() < MOST_LINES) {
                        out.add(line);
                    }
                    last.add(line);
                    if (last.size() > LAST_LINES) {
                        last.remove();
                    }
                },
                cancel);
        if (!exit.isSuccess()) {
            throw new IOException(argv.getFirst() + ": " + exit.text() + ": "
                    + String.join(" ", last).strip());
        }
        return out;
    }

    private Confinement confinement() {
        boolean isConfined = processes.ability().sandbox().isPresent();
        var limits = new Limits(
                OptionalLong.empty(),
                OptionalDouble.empty(),
                OptionalInt.of(MOST_PROCESSES),
                OptionalLong.of(LARGEST_FILE));
        var binds = new ArrayList<Bind>();
        if (!tool.home().equals(Path.of("/usr"))) {
            binds.add(Bind.readOnly(tool.home()));
        }
        binds.add(Bind.writable(work));
        return new Confinement(isConfined ? Isolation.FILES : Isolation.NONE, 0, binds, limits);
    }
}
