package dev.johwa.serve.data;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Confinement.Bind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One server of this machine: made when it is first needed, started, found again by the next control plane, started
/// again when it ends. Its folder holds `files`, `socket`, `settings`, the output of its newest start in `run-…`, and
/// `state`. Safe for use by many threads; one thing at a time.
final class DataServer {
    private static final Logger LOG = LoggerFactory.getLogger(DataServer.class);
    private static final Duration TO_START = Duration.ofSeconds(60);
    private static final Duration TO_END = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final long LEAST_ROOM = 8L << 20;

    private final Tools tools;
    private final Engine engine;
    private final String name;
    private final Path folder;
    private final ServerPort port;
    private int falls;
    private long nextTry;
    private String problem = "";

    /// @param name kind and version: `postgres-15`
    DataServer(Tools tools, Engine engine, String name, Path folder) {
        this.tools = tools;
        this.engine = engine;
        this.name = name;
        this.folder = folder;
        this.port = new ServerPort(tools.clock(), name, folder);
    }

    Engine engine() {
        return engine;
    }

    /// Kind and version: `postgres-15`.
    String name() {
        return name;
    }

    String version() {
        return name.split("-", 3)[1];
    }

    /// The package that brings its programs.
    String packageName() {
        return engine.packageName(Optional.of(version()));
    }

    /// What is wrong with it, for a person; empty when nothing is.
    String problem() {
        return problem.isEmpty() ? full().map(Problem::text).orElse("") : problem;
    }

    /// Why writing fails, or is about to; empty while there is room.
    private Optional<Problem> full() {
        var disk = folder.toFile();
        return disk.exists() && disk.getUsableSpace() < LEAST_ROOM
                ? Optional.of(Problem.resource(
                                "data.full", "the disk of " + name + " is full: " + folder + " has no room for writing")
                        .hint("make room there (`johwa gc`, or a larger disk): nothing of it is lost, and it goes on by"
                                + " itself"))
                : Optional.empty();
    }

    /// Where it works.
    ///
    /// @throws ProblemException when its programs are gone from the machine
    Site site() {
        return site(port());
    }

    /// Where it answers, or did when it last ran; 0 when it never did.
    int port() {
        return port.known();
    }

    private Site site(int port) {
        var programs = engine.programs(version())
                .orElseThrow(
                        () -> Problem.resource("data.programs", "the programs of " + name + " are not on this machine")
                                .hint(engine.wayBack(version(), folder))
                                .exception());
        return new Site(version(), programs, folder, port);
    }

    /// Sees that it runs and answers.
    ///
    /// @param mayMake whether nobody has data there yet, so that it may be made anew
    /// @throws ProblemException when it cannot
    synchronized Site ensure(boolean mayMake) {
        try {
            requireFiles(mayMake);
            if (!isAlive()) {
                start();
            }
            var site = site();
            awaitAnswer(site);
            problem = "";
            return site;
        } catch (UncheckedIOException e) {
            throw full().orElseGet(() -> Problem.resource(
                                    "data.files",
                                    "the files of " + name + " cannot be used: "
                                            + Objects.requireNonNullElse(e.getCause(), e)
                                                    .getMessage())
                            .hint("see that the disk of " + folder + " is well and writable"))
                    .exception();
        }
    }

    /// Data that should be there and is not is never made anew in silence.
    private void requireFiles(boolean mayMake) {
        var files = folder.resolve("files");
        if (!Files.isDirectory(files)) {
            if (!mayMake) {
                throw Problem.resource("data.lost", "the data of " + name + " is gone: there is no folder " + files)
                        .hint("bring the folder back from a backup; nothing is made in its place")
                        .exception();
            }
            initialise();
            return;
        }
        var found = engine.versionOf(files).orElse(version());
        if (!found.equals(version())) {
            throw Problem.resource("data.version", files + " is data of version " + found + ", not of " + version())
                    .hint("put the folder of " + name + " back in its place")
                    .exception();
        }
    }

    /// Half of it is never taken for the whole: it gets its name when it is done.
    private void initialise() {
        var site = site(0);
        var making = folder.resolve("files.making");
        Trees.delete(making);
        try {
            Files.createDirectories(folder);
            for (var place : List.of(folder.getParent(), folder)) {
                Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx--x--x"));
            }
            tools.own(site, making);
            engine.initialise(site, making);
            Files.move(making, site.files(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<ServerState> state() {
        return ServerState.of(folder);
    }

    synchronized boolean isAlive() {
        return state().filter(known -> known.pid() != 0)
                .filter(known -> tools.processes().isAlive(known.running()))
                .isPresent();
    }

    private void start() {
        endLeftovers();
        port.requireFree();
        var run = folder.resolve("run-" + Long.toString(tools.clock().now().toEpochMilli(), 36));
        var intent = intend(run);
        int port = intent.port();
        var site = site(port);
        tools.own(site, site.socket());
        Trees.children(folder).stream()
                .filter(each -> each.getFileName().toString().startsWith("run-"))
                .forEach(Trees::delete);
        var command = tools.command(engine.command(site));
        var running = tools.processes()
                .start(
                        command,
                        tools.confinement(site, List.of(Bind.writable(site.files()), Bind.writable(site.socket()))),
                        run);
        intent.started(running).keep(folder);
        LOG.info("data server={} port={} started", name, port);
    }

    /// A port is ours when it is written down: one server at a time chooses.
    private ServerState intend(Path run) {
        synchronized (tools) {
            var intent = new ServerState(port.choose(), 0, 0, run.toString(), "", Instant.EPOCH);
            intent.keep(folder);
            return intent;
        }
    }

    /// Two servers on the same files would ruin them: nothing of an earlier start is left, also when we ended before
    /// we could write down that it runs.
    private void endLeftovers() {
        state().ifPresent(known -> tools.processes().stop(known.running(), Duration.ZERO));
    }

    private void awaitAnswer(Site site) {
        long deadline = tools.clock().ticks() + TO_START.toNanos();
        while (!engine.answers(site)) {
            if (!isAlive()) {
                throw full().orElseGet(() -> Problem.resource("data.ended", name + " ended: " + lastWords())
                                .hint("its files are in " + folder + "; it is started again by itself"))
                        .exception();
            }
            if (tools.clock().ticks() > deadline) {
                throw Problem.resource("data.silent", name + " does not answer since " + TO_START.toSeconds() + " s")
                        .hint("it may be recovering after a crash; `johwa data` tells when it answers")
                        .exception();
            }
            tools.clock().pause(LOOK);
        }
    }

    private String lastWords() {
        return state().map(known -> new ServerOutput(Path.of(known.run())).lastWords())
                .orElse(ServerOutput.NOTHING);
    }

    /// One look: started again when it has ended, after growing pauses; its output held to a bound.
    synchronized void watch() {
        if (isAlive()) {
            if (tools.clock().ticks() - nextTry > LONGEST_PAUSE.toNanos()) {
                falls = 0;
            }
            state().ifPresent(known -> new ServerOutput(Path.of(known.run())).hold());
            seeWhetherItIsBack();
            return;
        }
        if (tools.clock().ticks() < nextTry) {
            return;
        }
        var last = problem;
        falls++;
        nextTry = tools.clock().ticks()
                + Math.min(
                        LONGEST_PAUSE.toNanos(),
                        Duration.ofSeconds(1L << Math.min(falls, 6)).toNanos());
        problem = name + " ended: " + lastWords();
        LOG.warn("data server={} falls={} ended: {}", name, falls, lastWords());
        try {
            ensure(false);
            LOG.info("data server={} answers again", name);
        } catch (ProblemException e) {
            problem = e.problem().text();
            if (!problem.equals(last)) {
                LOG.warn("data server={} {}", name, problem);
            }
        }
    }

    /// Without us, as when its folder was away for a while.
    private void seeWhetherItIsBack() {
        if (!problem.isEmpty() && engine.programs(version()).isPresent() && engine.answers(site())) {
            problem = "";
            LOG.info("data server={} answers again", name);
        }
    }

    /// Makes a database, where it is not there yet.
    ///
    /// @param isFirst whether nobody has data there yet
    synchronized void create(String database, String password, boolean isFirst) {
        engine.create(ensure(isFirst), database, password);
    }

    /// Removes a database; a server of its own goes with it.
    synchronized void drop(String database) {
        if (engine.isShared()) {
            engine.drop(ensure(false), database);
        } else {
            var _ = retire(() -> true);
        }
    }

    /// Brings back what a dump holds, and lets everybody in again, however that went.
    synchronized void restore(Role role, Path dump) {
        var site = ensure(false);
        if (engine.restoresAtRest()) {
            stop();
        }
        try {
            engine.restore(site, role, dump);
        } finally {
            tidy(role);
        }
    }

    /// Takes away what a restore that was cut off left.
    synchronized void tidy(Role role) {
        if (engine.restoresAtRest() && !isAlive()) {
            engine.tidy(site(), role);
        }
        var site = ensure(false);
        if (!engine.restoresAtRest()) {
            engine.tidy(site, role);
        }
    }

    /// Ends it and deletes all that it has.
    ///
    /// @param isUnused asked while nobody can make a database here
    /// @return whether that was so
    synchronized boolean retire(BooleanSupplier isUnused) {
        if (!isUnused.getAsBoolean()) {
            return false;
        }
        stop();
        Trees.delete(folder);
        return true;
    }

    /// Ends it so that nothing is lost.
    synchronized void stop() {
        state().filter(known -> known.pid() != 0).map(ServerState::running).ifPresent(running -> {
            tools.processes().signal(running, engine.endSignal());
            var _ = tools.processes().await(running, TO_END);
            tools.processes().stop(running, Duration.ofSeconds(2));
        });
    }
}
