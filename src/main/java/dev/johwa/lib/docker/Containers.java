package dev.johwa.lib.docker;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Attached;
import dev.johwa.lib.process.Usage;
import dev.johwa.lib.task.Cancel;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The containers of an engine. A container is named by its id or its name.
public final class Containers {
    private static final String BEING_REMOVED = "is already in progress";
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration SIZE = Duration.ofSeconds(30);
    private static final Duration LAST_PIECE = Duration.ofSeconds(20);
    private static final Duration START = Duration.ofMinutes(2);

    private static final Set<String> NOT_RUNNING = Set.of(Failures.NOT_RUNNING, "docker.missing");

    private final Wire wire;

    Containers(Wire wire) {
        this.wire = wire;
    }

    private static String path(String container) {
        return "/containers/" + Call.encoded(container);
    }

    /// Creates one that does not run yet.
    ///
    /// @return its id
    /// @throws dev.johwa.lib.problem.ProblemException `docker.no-image` when the image is missing, and
    ///     `docker.conflict` when another container has the name
    public String create(String name, ContainerSpec spec) {
        var call = Call.post("/containers/create").with("name", name).json(Writing.container(spec));
        return wire.tree(call.within(START)).path("Id").asString("");
    }

    public void start(String container) {
        wire.act(Call.post(path(container) + "/start").within(START));
    }

    /// Ends it by its own stop signal, and by SIGKILL after the grace; returns when it has ended. One that is missing
    /// or has ended stays as it is.
    public void stop(String container, Duration grace) {
        long seconds = Math.max(0, grace.plusMillis(999).toSeconds());
        wire.actIfThere(Call.post(path(container) + "/stop")
                .with("t", String.valueOf(seconds))
                .within(grace.plus(ContainerSpec.STOP_MARGIN)));
    }

    /// Sends its first process a signal.
    ///
    /// @return whether it ran
    public boolean kill(String container, String signal) {
        try {
            wire.act(Call.post(path(container) + "/kill").with("signal", signal));
            return true;
        } catch (ProblemException e) {
            if (NOT_RUNNING.contains(e.problem().code())) {
                return false;
            }
            throw e;
        }
    }

    /// Deletes it and its volumes without a name, also while it runs; returns when it is gone. One that is missing is
    /// no
    /// matter, nor one that somebody else is deleting.
    public void remove(String container) {
        try {
            wire.actIfThere(Call.delete(path(container))
                    .with("force", true)
                    .with("v", true)
                    .within(START));
        } catch (ProblemException e) {
            if (!e.problem().message().contains(BEING_REMOVED)) {
                throw e;
            }
            wire.actIfThere(Call.post(path(container) + "/wait")
                    .with("condition", "removed")
                    .within(START));
        }
    }

    public Optional<Container> inspect(String container) {
        return wire.find(Call.get(path(container) + "/json").within(LOOK)).map(Reading::container);
    }

    /// Those with all these labels, also such as have ended.
    ///
    /// @param labels names and values; an empty value is any
    public List<Container.Listed> list(Map<String, String> labels) {
        var found = new ArrayList<Container.Listed>();
        wire.tree(Call.get("/containers/json").with("all", true).filtered(labels))
                .forEach(each -> found.add(Reading.listed(each)));
        return List.copyOf(found);
    }

    /// Waits until it has ended.
    ///
    /// @return its exit code
    /// @throws dev.johwa.lib.problem.ProblemException `docker.late` when it runs on
    public int await(String container, Duration limit) {
        return wire.tree(Call.post(path(container) + "/wait").within(limit))
                .path("StatusCode")
                .asInt(0);
    }

    /// Bytes of the files that it made or changed, other than in volumes: the engine looks at each of them for that.
    public OptionalLong sizeOf(String container) {
        var told = wire.find(
                        Call.get(path(container) + "/json").with("size", true).within(SIZE))
                .map(found -> found.path("SizeRw"));
        return told.filter(size -> size.isNumber())
                .map(size -> OptionalLong.of(size.asLong(0)))
                .orElse(OptionalLong.empty());
    }

    /// What it uses now; empty when it does not run.
    public Optional<Usage> usage(String container) {
        return wire.find(Call.get(path(container) + "/stats")
                        .with("stream", false)
                        .with("one-shot", true))
                .flatMap(Reading::usage);
    }

    /// Its processes, a line each, as `ps` of this machine shows them with these columns.
    ///
    /// @param columns words of `ps`: `-o pid,args`
    public List<String> processes(String container, String columns) {
        return wire.find(Call.get(path(container) + "/top").with("ps_args", columns))
                .map(Reading::rows)
                .orElse(List.of());
    }

    /// Hears what a container prints, in one thread: pieces as it printed them, a line as a rule.
    @FunctionalInterface
    public interface LogListener {
        /// @param at when the engine took it
        /// @param isError whether it came on standard error
        /// @param bytes with the end of its line, if it has come
        void piece(Instant at, boolean isError, byte[] bytes);
    }

    /// Tells what it printed and prints, until it has ended or it is cancelled.
    ///
    /// @param since nothing that was printed before; what was printed at this very time is told
    /// @param follows whether to wait for more while it runs
    public void logs(String container, Instant since, boolean follows, LogListener listener, Cancel cancel) {
        var heard = new Heard(listener);
        read(container, since, follows, heard, cancel);
        if (follows && !cancel.isCancelled()) {
            // The engine may close the stream before the last piece is in it.
            await(container, LAST_PIECE);
            var again = heard.again();
            read(container, again.isAfter(since) ? again : since, false, heard, cancel);
        }
    }

    private void read(String container, Instant since, boolean follows, LogListener listener, Cancel cancel) {
        var call = Call.get(path(container) + "/logs")
                .with("stdout", true)
                .with("stderr", true)
                .with("timestamps", true)
                .with("follow", follows)
                .with("since", Reading.time(since))
                .within(LONGEST);
        try (var exchange = wire.open(call);
                var _ = cancel.onCancel(exchange::close)) {
            Multiplexed.read(exchange.body(), (isError, bytes) -> {
                var stamped = Reading.stamped(bytes);
                listener.piece(stamped.at(), isError, stamped.rest());
            });
        } catch (IOException e) {
            if (!cancel.isCancelled()) {
                throw Failures.of(call, e, wire.socket());
            }
        }
    }

    /// Connects to the input and output of one that was created with an input and not started yet; nothing that it
    /// prints is missed.
    public Attached attach(String container, boolean isTerminal) {
        var call = Call.post(path(container) + "/attach")
                .with("stream", true)
                .with("stdin", true)
                .with("stdout", true)
                .with("stderr", true);
        return Session.container(wire, upgraded(wire, call), container, isTerminal);
    }

    static Exchange upgraded(Wire wire, Call call) {
        var exchange = wire.open(
                call.field("Connection", "Upgrade").field("Upgrade", "tcp").within(Duration.ofSeconds(30)));
        exchange.withoutLimit();
        return exchange;
    }
}
