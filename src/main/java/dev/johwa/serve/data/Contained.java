package dev.johwa.serve.data;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Attached;
import dev.johwa.lib.process.Piped;
import dev.johwa.lib.process.TerminalSize;
import dev.johwa.lib.text.Resource;
import dev.johwa.serve.data.AppDatabase.State;
import dev.johwa.source.detect.ContainerRun;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Databases that are services of a compose file. Their containers have programs, names and passwords of their own: a
/// fixed text of ours runs in the shell there, which finds them in the environment of the container, and what is dumped
/// or filled passes by its input and output. Safe for use by many threads.
public final class Contained {
    private static final Duration TO_DUMP = Duration.ofHours(2);
    private static final Duration TO_ANSWER = Duration.ofMinutes(1);
    private static final Duration TO_START = Duration.ofMinutes(10);
    private static final Duration TO_ASK = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int LAST_LINES = 5;

    /// The name of an image without its registry, folder, tag and digest.
    private static final Pattern IMAGE = Pattern.compile("(?:.*/)?([^/:@]+)(?:[:@].*)?");
    private static final Pattern SERVER =
            Pattern.compile("-.*|(.*/)?(postgres|mysqld|mariadbd|(redis|valkey|keydb)-server|docker-entrypoint\\.sh)");
    private static final Map<Kind, Known> KINDS = new EnumMap<>(Map.of(
            Kind.POSTGRES,
            new Known(
                    Set.of("postgres", "postgresql", "postgis", "pgvector", "timescaledb", "timescaledb-ha"),
                    Pattern.compile("POSTGRES(QL)?_(USER|USERNAME|DB|DATABASE|PASSWORD|PASSWORD_FILE)"),
                    "/var/lib/postgresql"),
            Kind.MARIADB,
            new Known(
                    Set.of("mysql", "mariadb", "percona", "mysql-server", "percona-server"),
                    Pattern.compile("(MYSQL|MARIADB)_(ROOT_PASSWORD|ROOT_PASSWORD_FILE|DATABASE|USER)"),
                    "/var/lib/mysql"),
            Kind.REDIS,
            new Known(
                    Set.of("redis", "valkey", "redis-stack", "redis-stack-server", "keydb"),
                    Pattern.compile("(REDIS|VALKEY)_PASSWORD"),
                    "/data")));

    private final DataStore store;
    private final Beside beside;
    private final Clock clock;

    /// By what images of a kind are known.
    ///
    /// @param names of images
    /// @param variables that they read
    /// @param place where they keep their data
    private record Known(Set<String> names, Pattern variables, String place) {
        boolean is(ContainerRun run) {
            boolean keeps =
                    run.volumes().stream().anyMatch(volume -> volume.path().startsWith(place));
            boolean isTold = run.environment().keySet().stream()
                    .anyMatch(name -> variables.matcher(name).matches());
            var image = IMAGE.matcher(run.image());
            boolean isNamed = image.matches() && names.contains(image.group(1));
            return keeps && isTold || isNamed && (keeps || startsServer(run));
        }

        /// The same image may run a client: a job that dumps or migrates.
        private static boolean startsServer(ContainerRun run) {
            var first = run.command().orElse(List.of()).stream().findFirst();
            return run.entrypoint().isEmpty()
                    && first.filter(word -> !SERVER.matcher(word).matches()).isEmpty();
        }
    }

    Contained(DataStore store, Beside beside, Clock clock) {
        this.store = store;
        this.beside = beside;
        this.clock = clock;
    }

    /// Refuses what is done to databases on servers of this machine only.
    ///
    /// @throws ProblemException when it is a service of a compose file
    public static void requireServed(AppDatabase database) {
        if (database.isContained()) {
            var name = database.owner().name();
            throw Problem.user("data.contained", database.owner() + " is a service of a compose file")
                    .hint("the compose file says how it is reached and what it is; `johwa data connect " + name
                            + "` opens its client, `johwa data dump " + name + "` dumps it")
                    .exception();
        }
    }

    /// The kind of database that a service is: by the name of its image, where it starts a server, or by what the
    /// images of databases are told and where they keep their data.
    public static Optional<Kind> kind(ContainerRun run) {
        return KINDS.entrySet().stream()
                .filter(each -> run.isComposed() && each.getValue().is(run))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// Writes down that a service is a database of that kind.
    public void note(Owner owner, Kind kind) {
        of(owner).filter(known -> known.kind() != kind).ifPresent(store::forget);
        store.begin(new AppDatabase(
                owner, kind.variable(), kind, AppDatabase.CONTAINER, owner.app(), State.READY, false, clock.now()));
    }

    /// Forgets that a service was one; its dumps stay.
    public void forget(Owner owner) {
        of(owner).ifPresent(store::forget);
    }

    /// The database that a service is.
    public Optional<AppDatabase> of(Owner owner) {
        return store.of(owner).stream().filter(AppDatabase::isContained).findFirst();
    }

    /// Those of one environment of a project, in the order of their names.
    public List<AppDatabase> in(String project, String environment) {
        return store.list().stream()
                .filter(AppDatabase::isContained)
                .filter(each -> each.owner().project().equals(project)
                        && each.owner().environment().equals(environment))
                .toList();
    }

    /// What it was filled with, as [#filled] wrote it down; empty for nothing.
    public String fixtures(AppDatabase database) {
        return store.fixtures(database);
    }

    /// Writes down what it is filled with.
    public void filled(AppDatabase database, String fixtures) {
        store.setFixtures(database, fixtures);
    }

    /// Runs statements in it; in PostgreSQL all of them or none.
    ///
    /// @throws ProblemException with its words when one fails
    public void fill(AppDatabase database, String statements) {
        run(database, "fill", bytes(statements), OutputStream.nullOutputStream(), TO_DUMP);
    }

    /// Runs a program in its container.
    public void run(AppDatabase database, String program) {
        run(database, "run", bytes(program), OutputStream.nullOutputStream(), TO_DUMP);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /// What a dump cannot hold, by name: it is left out.
    List<String> broken(AppDatabase database) {
        if (database.kind() != Kind.MARIADB) {
            return List.of();
        }
        var out = new ByteArrayOutputStream();
        run(database, "broken", InputStream.nullInputStream(), out, TO_ASK);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    void dump(AppDatabase database, OutputStream out) {
        run(database, "dump", InputStream.nullInputStream(), out, TO_DUMP);
    }

    /// As whole as the database knows how: PostgreSQL and MariaDB read it into a copy first. Redis starts again on it.
    void restore(AppDatabase database, Path dump) {
        try (var in = Files.newInputStream(dump)) {
            run(database, "restore", in, OutputStream.nullOutputStream(), TO_DUMP);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (database.kind() == Kind.REDIS) {
            end(database);
        }
        awaitAnswer(database);
    }

    /// The command ends with its container, which the platform starts again.
    private void end(AppDatabase database) {
        try {
            run(database, "end", InputStream.nullInputStream(), OutputStream.nullOutputStream(), TO_ASK);
        } catch (ProblemException e) {
            // So it is told that it ended.
        }
    }

    /// Lets everybody in again after a restore that was cut off.
    void tidy(AppDatabase database) {
        run(database, "tidy", InputStream.nullInputStream(), OutputStream.nullOutputStream(), TO_ASK);
    }

    private void awaitAnswer(AppDatabase database) {
        awaitAnswer(database, TO_ANSWER, "after its restore");
    }

    /// Waits until it answers: its image may come into the engine first.
    void awaitStart(AppDatabase database) {
        awaitAnswer(database, TO_START, "within " + TO_START.toMinutes() + " min");
    }

    private void awaitAnswer(AppDatabase database, Duration atMost, String when) {
        long deadline = clock.ticks() + atMost.toNanos();
        while (!answers(database)) {
            if (clock.ticks() > deadline) {
                throw Problem.resource("data.silent", database.owner() + " does not answer " + when)
                        .hint("`johwa logs " + database.owner().name() + "` shows what it says")
                        .exception();
            }
            clock.pause(PAUSE);
        }
    }

    private boolean answers(AppDatabase database) {
        try {
            var out = new ByteArrayOutputStream();
            run(database, "answers", InputStream.nullInputStream(), out, TO_ASK);
            return out.toString(StandardCharsets.UTF_8).contains("1");
        } catch (ProblemException e) {
            return false;
        }
    }

    /// Opens its client for a person.
    Attached open(AppDatabase database, List<String> arguments, Optional<TerminalSize> terminal, String kind) {
        var command = new ArrayList<>(command(database.kind(), "client"));
        command.addAll(arguments);
        Map<String, String> values = terminal.isPresent() ? Map.of("TERM", kind) : Map.of();
        return beside.start(database.owner(), new Beside.Call(command, values, terminal));
    }

    private static List<String> command(Kind kind, String what) {
        var text = Resource.text(Contained.class, "container.sh")
                + Resource.text(Contained.class, kind.word().toLowerCase(Locale.ROOT) + ".sh");
        return List.of("/bin/sh", "-c", text, "johwa", what);
    }

    private void run(AppDatabase database, String what, InputStream in, OutputStream out, Duration limit) {
        var command = command(database.kind(), what);
        try {
            var ended = Piped.run(beside.start(database.owner(), Beside.Call.of(command)), in, out, limit);
            if (!ended.isSuccess()) {
                throw failed(database, what, ended);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProblemException failed(AppDatabase database, String what, Piped.Ended ended) {
        var lines = ended.errors().lines().toList();
        var last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        var words = last.isEmpty() ? "exit " + ended.status() : String.join(" | ", last);
        return Problem.resource("data.failed", what + " in the container of " + database.owner() + ": " + words)
                .hint("`johwa logs " + database.owner().name() + "` shows what it says; it may be tried again")
                .exception();
    }
}
