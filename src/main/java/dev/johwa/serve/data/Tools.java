package dev.johwa.serve.data;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.file.Whole;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Confinement;
import dev.johwa.lib.process.Confinement.Bind;
import dev.johwa.lib.process.Confinement.Isolation;
import dev.johwa.lib.process.Confinement.Limits;
import dev.johwa.lib.process.Piped;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.target.Accounts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// Runs the programs of database servers: the servers and what works on their files as a user of their own, who sees
/// nothing else of the machine; what asks them as ourselves.
final class Tools {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "LC_ALL", "C.UTF-8", "HOME", "/", "TZ", "UTC");
    private static final int LAST_LINES = 5;

    private final Processes processes;
    private final Accounts accounts;
    private final Clock clock;

    Tools(Processes processes, Accounts accounts, Clock clock) {
        this.processes = processes;
        this.accounts = accounts;
        this.clock = clock;
    }

    Processes processes() {
        return processes;
    }

    Clock clock() {
        return clock;
    }

    /// The unix account of a server; 0 is ours.
    private int account(Path folder) {
        // No app has a name with a colon.
        return processes.ability().switchesUsers() ? accounts.of("data:" + folder.getFileName(), "") : 0;
    }

    /// The unix account of the clients of an app; 0 is ours.
    int client(Owner owner) {
        return processes.ability().switchesUsers()
                ? accounts.of("data-client:" + owner.name(), owner.environment())
                : 0;
    }

    boolean isConfined() {
        return processes.ability().sandbox().isPresent();
    }

    /// Makes a folder that belongs to a server alone.
    void own(Site site, Path folder) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            Trees.own(folder, account(site.folder()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes a file of settings where the server can read and not change it, and nobody else sees it.
    Path tell(Site site, String name, String text) {
        try {
            int account = account(site.folder());
            Files.createDirectories(site.settings());
            Files.setPosixFilePermissions(site.settings(), PosixFilePermissions.fromString("rwxr-x---"));
            if (account != 0) {
                Files.setAttribute(site.settings(), "unix:gid", account);
            }
            // A server that is killed in the middle reads all of the old or all of the new.
            var part = Files.writeString(site.folder().resolve(name + ".part"), text);
            return Files.move(part, site.settings().resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Command command(List<String> argv) {
        return command(argv, Map.of());
    }

    Command command(List<String> argv, Map<String, String> more) {
        var environment = new HashMap<>(ENVIRONMENT);
        environment.putAll(more);
        return new Command(argv, Path.of("/"), environment);
    }

    /// Our own password for a server, made when it is first needed and seen by nobody else.
    String password(Site site) {
        var file = site.folder().resolve("password");
        try {
            if (!Files.exists(file)) {
                var fresh = UUID.randomUUID() + "-" + UUID.randomUUID();
                Whole.write(file, fresh.getBytes(StandardCharsets.US_ASCII), "rw-------");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As the user of a server, who sees of this machine's data nothing but this.
    ///
    /// @param binds beyond its settings
    Confinement confinement(Site site, List<Bind> binds) {
        return new Confinement(
                isConfined() ? Isolation.FILES : Isolation.NONE,
                account(site.folder()),
                Stream.of(binds, programs(site.programs()), List.of(Bind.readOnly(site.settings())))
                        .flatMap(List::stream)
                        .toList(),
                Limits.none());
    }

    /// What must be seen beside the folders of the system so that programs can be started.
    ///
    /// @param folder of them: `…/17/bin`, with what they need beside it
    static List<Bind> programs(Path folder) {
        boolean isSeen = Stream.of("/usr", "/opt", "/bin").anyMatch(folder::startsWith);
        return isSeen
                ? List.of()
                : List.of(Bind.readOnly(folder.resolveSibling("").normalize()));
    }

    /// Runs a program that fills a new folder, as the server's user, to its end.
    void fill(Site site, List<String> argv, Path folder, Duration limit) {
        work(site, command(argv), List.of(Bind.writable(folder)), limit);
    }

    /// Runs a program that brings the server what a file holds, as the server's user, to its end.
    void read(Site site, List<String> argv, Path file, Duration limit) {
        read(site, command(argv), file, limit);
    }

    void read(Site site, Command command, Path file, Duration limit) {
        Trees.own(file, account(site.folder()));
        work(site, command, List.of(Bind.writable(site.socket()), Bind.readOnly(file)), limit);
    }

    /// @throws dev.johwa.lib.problem.ProblemException with its last words when it fails
    private void work(Site site, Command command, List<Bind> binds, Duration limit) {
        var output = site.folder().resolve("work-" + Long.toString(clock.ticks(), 36));
        var words = new ArrayList<String>();
        try {
            var task = new Processes.Task(command, confinement(site, binds), output, limit);
            var exit = processes.run(task, (channel, line) -> words.add(line), new Cancel());
            if (!exit.isSuccess()) {
                throw failed(command.argv(), exit.text(), words);
            }
        } finally {
            Trees.delete(output);
        }
    }

    private static RuntimeException failed(List<String> argv, String how, List<String> words) {
        var last = words.subList(Math.max(0, words.size() - LAST_LINES), words.size());
        var program = Path.of(argv.getFirst()).getFileName();
        return Problem.resource("data.failed", program + " failed: " + how + ": " + String.join(" | ", last))
                .hint("`johwa data` tells how the databases are; it may be tried again")
                .exception();
    }

    /// Asks a server with a program of its own and these words as input.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException with its words when it fails
    String ask(Command command, String input, Duration limit) {
        var answer = new ByteArrayOutputStream();
        pass(command, input, answer, limit);
        return answer.toString(StandardCharsets.UTF_8);
    }

    /// As [#ask], its answer written where it is wanted.
    void pass(Command command, String input, OutputStream out, Duration limit) {
        try {
            var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
            var ended = Piped.run(command, in, out, limit);
            if (!ended.isSuccess()) {
                throw failed(
                        command.argv(),
                        "exit " + ended.status(),
                        ended.errors().lines().toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
