package dev.johwa.lib.process;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Networks.Network;
import dev.johwa.lib.process.Wrapper.Input;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.text.Cut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// Starts, watches and ends programs. Safe for use by many threads.
///
/// A program appends its standard output and error itself to the files `out` and `err` of the folder it is given;
/// nothing of ours stands between, so it outlives us and nothing it says is lost.
public final class Processes {
    private static final Duration POLL = Duration.ofMillis(10);
    /// Together less than two seconds: who cancels sees it end.
    private static final Duration INTERRUPT_GRACE = Duration.ofSeconds(1);
    private static final Duration TERMINATE_GRACE = Duration.ofMillis(500);
    /// Of who hung up, which is nobody's to wait for.
    private static final Duration HANG_UP_GRACE = Duration.ofSeconds(2);
    private static final Duration LAST_GRACE = Duration.ofSeconds(3);
    private static final int SIGNALS = 128;
    private static final int LAST_SIGNAL = 64;

    private final Clock clock;
    private final Cut cut;
    private final Starter starter;
    /// Those of which something may be left: no file could be opened, or no process started, when they ended.
    private final Set<Running> unforgotten = ConcurrentHashMap.newKeySet();

    public Processes(Clock clock, List<Path> bubblewraps) {
        this(clock, bubblewraps, Cut.anywhere());
    }

    /// @param bubblewraps where bubblewrap may be, best first
    /// @param cut where lines that are told in pieces may be cut
    public Processes(Clock clock, List<Path> bubblewraps, Cut cut) {
        this.clock = clock;
        this.cut = cut;
        boolean isRoot = isRoot();
        var networks = new Networks(isRoot);
        networks.sweep();
        var cgroups = Cgroups.find(isRoot);
        cgroups.sweep(clock.now());
        this.starter = new Starter(clock, isRoot, Signals.back(), Sandbox.find(bubblewraps, isRoot), cgroups, networks);
    }

    /// Whether we may give programs accounts of their own.
    public static boolean isRoot() {
        try {
            return OwnAccount.ours() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /// Starts a program that lives on by itself. Its standard input never ends, since many a program would with it.
    ///
    /// @param folder a new folder for its output and exit status, made here
    public Running start(Command command, Confinement confinement, Path folder) {
        return starter.start(command, confinement, folder, Input.OPEN);
    }

    /// Starts a program that lives on by itself until it has done its work. Its standard input is empty.
    ///
    /// @param folder a new folder for its output and exit status, made here
    public Running begin(Command command, Confinement confinement, Path folder) {
        return starter.start(command, confinement, folder, Input.ENDED);
    }

    /// Runs a program to its end, its output told line by line as it comes. On cancel or after the limit the whole
    /// group gets SIGINT, then SIGTERM, then SIGKILL; nothing of it is left.
    public Exit run(Task task, Output output, Cancel cancel) {
        var running = starter.start(task.command(), task.confinement(), task.folder(), Input.ENDED);
        var out = new Tail(running.out(), cut, line -> output.line(Output.Channel.OUT, line));
        var err = new Tail(running.err(), cut, line -> output.line(Output.Channel.ERR, line));
        long deadline = clock.ticks() + task.limit().toNanos();
        var ended = ProcessHandle.of(running.pid()).map(ProcessHandle::onExit);
        try {
            Optional<Exit> forced = Optional.empty();
            while (isAlive(running)) {
                out.read();
                err.read();
                forced = over(task, deadline, cancel);
                if (forced.isPresent()) {
                    end(running);
                    break;
                }
                pause(ended);
            }
            new Group(running).killAll(clock);
            out.finish();
            err.finish();
            return forced.or(() -> exit(running)).orElse(new Exit.Lost());
        } finally {
            forget(running);
        }
    }

    /// Starts a program with whose input and output we are connected.
    ///
    /// @param terminal how large its terminal is; pipes when there is none
    public Attached attach(Command command, Confinement confinement, Path folder, Optional<TerminalSize> terminal) {
        return attach(terminal, confinement.account(), input -> starter.launch(command, confinement, folder, input));
    }

    /// The same within another that lives: it sees what that one sees, as the same account, within the same limits.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException `process.over` when that one has ended
    public Attached attachWithin(
            Running other, int account, Command command, Path folder, Optional<TerminalSize> terminal) {
        var pid = program(other).stream()
                .boxed()
                .findFirst()
                .orElseThrow(() -> Problem.user("process.over", "it has ended").exception());
        return attach(
                terminal,
                account,
                input -> starter.launchWithin(new Starter.Within(other, pid, account), command, folder, input));
    }

    private Attached attach(Optional<TerminalSize> terminal, int account, Function<Input, Starter.Launched> start) {
        if (terminal.isEmpty()) {
            return new ByPipes(this, start.apply(Input.HELD));
        }
        var open = Pty.open(terminal.get());
        try {
            open.give(starter.isRoot() ? account : 0);
            return new ByTerminal(
                    this, start.apply(Input.terminal(open.slave())).running(), open);
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
    }

    /// Tells a program that nobody is connected any more, and ends what does not end by that.
    void hangUp(Running running) {
        var group = new Group(running);
        if (!group.end("HUP", HANG_UP_GRACE, clock)) {
            group.end("TERM", LAST_GRACE, clock);
        }
        forget(running);
    }

    private Optional<Exit> over(Task task, long deadline, Cancel cancel) {
        if (cancel.isCancelled()) {
            return Optional.of(new Exit.Cancelled(cancel.reason().orElse("cancelled")));
        }
        return clock.ticks() > deadline ? Optional.of(new Exit.TimedOut(task.limit())) : Optional.empty();
    }

    /// Until the next look at the output, or the end of the program, whichever comes first.
    private static void pause(Optional<CompletableFuture<ProcessHandle>> ended) {
        try {
            if (ended.isPresent()) {
                ended.get().get(POLL.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (TimeoutException e) {
            // It goes on.
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Ends what is left of it, and takes its control group and its network away; with the next one where the machine
    /// has not the means now.
    private void forget(Running running) {
        if (isForgotten(running)) {
            unforgotten.removeIf(this::isForgotten);
        } else {
            unforgotten.add(running);
        }
    }

    private boolean isForgotten(Running running) {
        var group = new Group(running);
        try {
            group.killAll(clock);
            group.remove();
            if (hasOwnNetwork(running)) {
                starter.networks().delete(Network.of(running.address()));
            }
        } catch (ProblemException | UncheckedIOException e) {
            return false;
        }
        return group.isGone();
    }

    private static boolean hasOwnNetwork(Running running) {
        return !running.address().isEmpty() && !running.address().equals("127.0.0.1");
    }

    private void end(Running running) {
        var group = new Group(running);
        if (!group.end("INT", INTERRUPT_GRACE, clock)) {
            group.end("TERM", TERMINATE_GRACE, clock);
        }
    }

    /// What to run to its end.
    public record Task(Command command, Confinement confinement, Path folder, Duration limit) {}

    public boolean isAlive(Running running) {
        return ProcFolder.mayBeAlive(running.pid(), running.startTicks());
    }

    /// Whether anything of it lives, also when the program itself has ended and left others behind (a daemon).
    public boolean isAnyLeft(Running running) {
        return isAlive(running) || !new Group(running).programs().isEmpty();
    }

    /// Whether some process of it waits for standard input.
    public boolean waitsForInput(Running running) {
        return new Group(running).programs().stream().anyMatch(stat -> ProcFolder.waitsForInput(stat.pid()));
    }

    /// What it uses of the machine now.
    public Usage usage(Running running) {
        return new Group(running).usage();
    }

    /// The process of the program itself: the oldest of those beside the wrapper and the sandbox.
    public OptionalLong program(Running running) {
        return new Group(running)
                .programs().stream()
                        .min(Comparator.comparingLong(ProcFolder.Stat::startTicks)
                                .thenComparing(ProcFolder.Stat::pid))
                        .map(stat -> OptionalLong.of(stat.pid()))
                        .orElse(OptionalLong.empty());
    }

    /// How it ended; empty while it lives.
    public Optional<Exit> exit(Running running) {
        var file = running.folder().resolve("exit");
        if (!Files.exists(file)) {
            return isAlive(running) || Files.exists(file) ? Optional.empty() : Optional.of(lost(running));
        }
        try {
            int code = Integer.parseInt(Files.readString(file).strip());
            if (code != 0 && new Group(running).wasOutOfMemory()) {
                return Optional.of(new Exit.OutOfMemory());
            }
            return Optional.of(
                    code > SIGNALS && code <= SIGNALS + LAST_SIGNAL
                            ? new Exit.Signal(code - SIGNALS)
                            : new Exit.Status(code));
        } catch (IOException | NumberFormatException e) {
            return Optional.of(new Exit.Lost());
        }
    }

    private static Exit lost(Running running) {
        return new Group(running).wasOutOfMemory() ? new Exit.OutOfMemory() : new Exit.Lost();
    }

    /// Waits for its end, at most so long; empty when it still lives.
    public Optional<Exit> await(Running running, Duration atMost) {
        long deadline = clock.ticks() + atMost.toNanos();
        try {
            while (isAlive(running)) {
                if (clock.ticks() > deadline) {
                    return Optional.empty();
                }
                clock.sleep(POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        return exit(running);
    }

    /// Sends a signal to the program itself, to none of those that it started.
    ///
    /// @param signal such as `INT`
    public void signal(Running running, String signal) {
        program(running).ifPresent(pid -> Group.kill(List.of(pid), signal));
    }

    /// Lets nothing of it run until [#resume], at most so long, also when we end meanwhile.
    public void suspend(Running running, Duration atMost) {
        new Group(running).suspend(atMost);
    }

    /// Lets it go on.
    public void resume(Running running) {
        new Group(running).resume();
    }

    /// Asks the group to end with SIGTERM, and after the grace ends it with SIGKILL; returns when nothing is left.
    public void stop(Running running, Duration grace) {
        new Group(running).end("TERM", grace, clock);
        forget(running);
    }

    /// The TCP ports on which the program or a child of it listens, seen from inside its network namespace; from here
    /// they are reached at the address of `running`.
    public Set<Listener> listeners(Running running) {
        var group = new Group(running);
        var found = ProcFolder.listeners(pids(group.programs()));
        if (hasOwnNetwork(running)) {
            lead(running, group, found);
        }
        return found;
    }

    /// Leads the way in to sockets that are open inside only.
    private void lead(Running running, Group group, Set<Listener> found) {
        var loopback =
                found.stream().filter(each -> each.address().startsWith("127.")).toList();
        if (loopback.isEmpty()) {
            return;
        }
        var all = ProcFolder.listeners(pids(group.members()));
        loopback.stream()
                .filter(each -> !all.contains(new Listener(running.address(), each.port())))
                .forEach(each ->
                        starter.networks().forward(Network.of(running.address()), each.port(), group.folders()));
    }

    private static List<Long> pids(List<ProcFolder.Stat> processes) {
        return processes.stream().map(ProcFolder.Stat::pid).toList();
    }

    /// A listening socket: `0.0.0.0`, `127.0.0.1`, `::`, … and its port.
    public record Listener(String address, int port) {}

    /// The memory of the machine in bytes; empty where it is not told.
    public OptionalLong memoryBytes() {
        return ProcFolder.memoryBytes();
    }

    /// What of it could be used now; empty where it is not told.
    public static OptionalLong availableMemory() {
        return ProcFolder.availableMemory();
    }

    /// What isolation is in force on this machine, and why not more.
    public Ability ability() {
        return new Ability(
                starter.sandbox().program(),
                starter.isRoot(),
                starter.cgroups().version().text(),
                starter.networks().isAble(),
                starter.sandbox().why());
    }

    /// @param sandbox the bubblewrap in use, or empty
    /// @param switchesUsers whether programs can run as another user
    /// @param limitsBy `cgroup2`, `cgroup1` or `rlimit`
    /// @param networks whether a program can have a network namespace of its own
    /// @param why what is missing and how to get it, for a person; empty when nothing is missing
    public record Ability(
            Optional<Path> sandbox, boolean switchesUsers, String limitsBy, boolean networks, String why) {}
}
