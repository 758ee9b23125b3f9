package dev.johwa.door.cli;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Confinement;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.task.Cancel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Short programs of this machine, run with the person's own environment; a minute at most.
public final class Programs {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final Duration TO_HAND_OVER = Duration.ofSeconds(1);

    private final Processes processes;
    private final Map<String, String> environment;

    public Programs(Surroundings surroundings) {
        this.environment = surroundings.environment();
        this.processes = new Processes(
                new SystemClock(),
                surroundings.path().stream()
                        .map(folder -> folder.resolve("bwrap"))
                        .toList());
    }

    /// How it ended and what it said on both streams.
    public record Said(Exit exit, List<String> lines) {}

    public Said run(Path folder, List<String> argv) {
        var lines = new ArrayList<String>();
        try {
            var scratch = Files.createTempDirectory("johwa-program");
            var command = new Command(argv, folder, environment);
            var task = new Processes.Task(command, Confinement.none(), scratch.resolve("run"), LIMIT);
            var exit = processes.run(task, (channel, line) -> lines.add(line), new Cancel());
            Trees.delete(scratch);
            return new Said(exit, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts one that lives on by itself.
    void begin(Path folder, List<String> argv) {
        try {
            var scratch = Files.createTempDirectory("johwa-program");
            var running =
                    processes.begin(new Command(argv, folder, environment), Confinement.none(), scratch.resolve("run"));
            // Most hand over and end; one that stays has its files open by then.
            var _ = processes.await(running, TO_HAND_OVER);
            Trees.delete(scratch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The first line that a program says when it ends well.
    public Optional<String> firstLine(List<String> argv) {
        try {
            var said = run(Path.of("/"), argv);
            return said.exit().isSuccess() ? said.lines().stream().findFirst() : Optional.empty();
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    public Processes.Ability ability() {
        return processes.ability();
    }
}
