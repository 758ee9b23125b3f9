package dev.johwa.main;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.file.Whole;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Successor;
import dev.johwa.lib.task.Tasks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// How a control plane that was started by hand becomes another program: it is told to end, and a note in the data
/// folder says by what launcher it goes on, in the same process and at the same terminal.
///
/// @param run folder of the note
record Succession(Path run, Clock clock) {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofSeconds(30);

    /// @param pid of the control plane that it is for
    record Note(long pid, String launcher, Instant at) {}

    private Path file() {
        return run.resolve("succession.json");
    }

    /// State before act: what is killed in between ends as it would have without.
    void ask(long pid, Path launcher) throws IOException {
        Whole.write(file(), Json.bytes(new Note(pid, launcher.toString(), clock.now())));
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }

    void forget() throws IOException {
        Files.deleteIfExists(file());
    }

    private Optional<Note> note() {
        try {
            return Files.exists(file())
                    ? Optional.of(Json.read(Files.readAllBytes(file()), Note.class))
                            .filter(note ->
                                    note.pid() == ProcessHandle.current().pid())
                    : Optional.empty();
        } catch (IOException | ProblemException e) {
            return Optional.empty();
        }
    }

    /// Where another program is to go on, this process becomes it, and this does not come back. Called when told to
    /// end, once all has ended.
    ///
    /// @param asked what was there when it was told
    void follow(Optional<Note> asked) {
        asked.ifPresent(note -> {
            var argv = new ArrayList<>(List.of(note.launcher()));
            argv.addAll(words());
            Successor.become(argv);
        });
    }

    /// Another program that is to go on here, when one was named just now.
    Optional<Note> asked() {
        return note().filter(note -> note.at().plus(FRESH).isAfter(clock.now()));
    }

    /// What follows the program in the command that started us.
    private static List<String> words() {
        try {
            var all = List.of(Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8)
                    .split("\0"));
            int jar = all.indexOf("-jar");
            return all.subList(jar >= 0 ? jar + 2 : all.indexOf(Main.class.getName()) + 1, all.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Called first of all: where an earlier program became us, the processes that it started are our children, and
    /// nobody else hears of their end.
    ///
    /// @return those processes
    List<Long> begin() throws IOException {
        if (note().isEmpty()) {
            return List.of();
        }
        forget();
        return ProcessHandle.current().children().map(ProcessHandle::pid).toList();
    }

    static void tend(List<Long> inherited, Tasks tasks) {
        if (!inherited.isEmpty()) {
            var left = new CopyOnWriteArrayList<>(inherited);
            tasks.every(LOOK, "inherited processes", () -> left.removeIf(Successor::hasEnded));
        }
    }
}
