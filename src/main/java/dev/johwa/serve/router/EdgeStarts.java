package dev.johwa.serve.router;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Detached;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.Seat.Phase;
import dev.johwa.serve.router.Seat.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts processes of the edge, each at a seat of its own, and ends them.
final class EdgeStarts {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeStarts.class);
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration END = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final EdgeSettings settings;
    private final EdgeFiles files;
    private final Clock clock;

    EdgeStarts(EdgeSettings settings, Clock clock) {
        this.settings = settings;
        this.files = settings.files();
        this.clock = clock;
    }

    /// Where they say why they do not start.
    Path words() {
        return settings.logs().resolve("edge.log");
    }

    /// Starts one after another, with growing pauses, until one serves; empty when that is not wanted any more.
    Optional<ConnectedEdge> untilOneAnswers(
            Duration atMost,
            EdgeAccount account,
            Function<Seat, Optional<ConnectedEdge>> connect,
            BooleanSupplier isOver) {
        long deadline = clock.ticks() + atMost.toNanos();
        var pause = Duration.ofMillis(50);
        while (!isOver.getAsBoolean()) {
            var started = once(Phase.SERVING, account, connect, isOver);
            if (started.isPresent()) {
                return started;
            }
            if (clock.ticks() > deadline) {
                throw Problem.system("edge.start", "the edge did not start within " + atMost.toSeconds() + " s")
                        .hint("its last words are in " + words())
                        .exception();
            }
            clock.pause(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
        return Optional.empty();
    }

    /// Starts one and waits until it takes questions; empty when it could not be started, ended instead, or took too
    /// long.
    Optional<ConnectedEdge> once(
            Phase phase, EdgeAccount account, Function<Seat, Optional<ConnectedEdge>> connect, BooleanSupplier isOver) {
        try {
            return at(files.newSeat(clock.now()), phase, account, connect, isOver);
        } catch (UncheckedIOException | ProblemException e) {
            // Such as a full disk, which may have room again when the next one is tried.
            LOG.warn("an edge does not start: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<ConnectedEdge> at(
            Seat seat,
            Phase phase,
            EdgeAccount account,
            Function<Seat, Optional<ConnectedEdge>> connect,
            BooleanSupplier isOver) {
        long pid = start(seat, phase, account);
        Optional<ConnectedEdge> answers = Optional.empty();
        try {
            long deadline = clock.ticks() + START.toNanos();
            while (answers.isEmpty() && clock.ticks() < deadline && Detached.isAlive(pid) && !isOver.getAsBoolean()) {
                answers = connect.apply(seat);
                if (answers.isEmpty()) {
                    clock.pause(POLL);
                }
            }
        } finally {
            // Also when we are interrupted: one that nobody knows would come up beside the next.
            if (answers.isEmpty() || isOver.getAsBoolean()) {
                Detached.kill(pid);
                files.clear(seat);
            }
        }
        return isOver.getAsBoolean() ? Optional.empty() : answers;
    }

    private long start(Seat seat, Phase phase, EdgeAccount account) {
        try {
            return Detached.start(argv(seat, phase, account), words());
        } catch (UncheckedIOException | ProblemException e) {
            files.clear(seat);
            throw e;
        }
    }

    private List<String> argv(Seat seat, Phase phase, EdgeAccount account) {
        try {
            Files.createDirectory(seat.folder());
            account.own(seat.folder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var argv = new ArrayList<>(account.prefix());
        argv.addAll(settings.command());
        argv.add(settings.run().toString());
        argv.add(settings.logs().toString());
        argv.addAll(List.of(seat.folder().getFileName().toString(), phase.name(), settings.program()));
        return argv;
    }

    /// Ends an edge that takes no questions, which would go on by an old table. Its process id may be another's by
    /// now.
    void endDeaf(State there) {
        ProcessHandle.of(there.pid())
                .filter(each -> Stream.of(each.info().arguments().orElse(new String[0]))
                        .anyMatch(settings.run().toString()::equals))
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    /// Ends an edge that nobody talks to.
    void end(Seat seat, State running, Tasks tasks) {
        try (var socket = LineSocket.connect(seat.control())) {
            end(seat, running, Conversation.start(socket, tasks, said -> {}, () -> {}));
        } catch (IOException e) {
            LOG.warn("the edge pid={} cannot be told to end: {}", running.pid(), e.getMessage());
            finish(seat, running);
        }
    }

    /// Ends an edge, whatever is under way in it.
    void end(Seat seat, State running, Conversation talk) {
        try {
            var _ = talk.ask("end", null, List.of(), Duration.ZERO, END);
            long deadline = clock.ticks() + END.toNanos();
            while (Detached.isAlive(running.pid()) && clock.ticks() < deadline) {
                clock.pause(POLL);
            }
        } catch (IOException e) {
            LOG.warn("the edge pid={} did not hear that it should end: {}", running.pid(), e.getMessage());
        }
        finish(seat, running);
    }

    private void finish(Seat seat, State running) {
        Detached.kill(running.pid());
        files.clear(seat);
    }
}
