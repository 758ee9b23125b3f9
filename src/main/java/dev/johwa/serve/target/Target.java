package dev.johwa.serve.target;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Attached;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Output;
import dev.johwa.lib.process.TerminalSize;
import dev.johwa.lib.process.Usage;
import dev.johwa.lib.task.Cancel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A place where instances run. Three implementations: processes of this machine, containers of an
/// engine on it, and a dummy for tests.
///
/// Order of calls: [#start], then [#observe] and the others in any order, [#stop], [#remove]. Safe for use by many
/// threads; calls on different instances do not wait for each other. An instance lives on when the control plane
/// ends, and [#find] gives it back to the next one.
public interface Target {
    /// `process`, `docker`, `kubernetes`, `dummy`.
    String name();

    /// Starts an instance and returns at once; its program may end a moment later.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when it cannot be started at all
    Instance start(InstanceSpec spec);

    /// Whether a second instance of the same could run beside the first. False where it insists on a port that the
    /// first already has; then the first must be stopped before.
    default boolean runsBesideItself(InstanceSpec spec) {
        return true;
    }

    /// Whether it ended because its port is another program's, and a next start can do better: the port that it was
    /// given was taken between the choice and its start, or it insists on one and may have a network of its own.
    default boolean lostItsPort(Instance instance) {
        return false;
    }

    /// Whether it waits for somebody to type something, and nobody will.
    default boolean waitsForInput(Instance instance) {
        return false;
    }

    /// How it is now: alive, its address once it listens, how it ended. Restarts after a crash are the caller's.
    Observation observe(Instance instance);

    /// The same but for its address, of which nothing may be said: to look for that costs the more, the more sockets
    /// the machine has open.
    default Observation glance(Instance instance) {
        return observe(instance);
    }

    /// What it uses of the machine now; empty where that is not known, or it has ended.
    default Optional<Usage> usage(Instance instance) {
        return Optional.empty();
    }

    /// Whether one that has ended did so by itself, and not since what it runs on stopped, as with the machine. Where
    /// nobody saw it, it did not.
    default boolean endedByItself(Instance instance) {
        return true;
    }

    /// Bytes of its own files, which may be many to look at; empty where that is not known.
    default OptionalLong size(Instance instance) {
        return OptionalLong.empty();
    }

    /// Whether instances of a target find ports of this machine's loopback that they are to reach.
    ///
    /// @param target as in [InstanceSpec]
    default boolean leadsHere(String target) {
        return true;
    }

    /// Runs another command with the files, values and limits of a release to its end: `release`, `verify`, `exec`.
    Exit run(InstanceSpec spec, Output output, Duration limit, Cancel cancel);

    /// Starts a command that runs to its end by itself, whoever watches: a job. It reads no input, and insists on no
    /// port. Else it is as any instance.
    Instance begin(InstanceSpec spec);

    /// Starts a command that ends with who is connected to it: it has files of its own as an instance has. An instance
    /// of a process named `once` is found where the control plane ended meanwhile.
    ///
    /// @param terminal how large its terminal is; pipes when there is none
    Attached open(InstanceSpec spec, Optional<TerminalSize> terminal);

    /// Starts a command within an instance that lives: its files, account, limits and namespaces, in what `spec` says.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when the instance has ended
    Attached enter(Instance instance, InstanceSpec spec, Optional<TerminalSize> terminal);

    /// How its own program ended, whatever it left behind; empty while it goes on.
    default Optional<Exit> exit(Instance instance) {
        return observe(instance).exit();
    }

    /// Ends it: SIGTERM, and after the grace SIGKILL; returns when nothing of it is left.
    void stop(Instance instance, Duration grace);

    /// Ends its program at once, as a crash does. Nothing happens where it has ended.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException `target.fault` where this cannot be done to instances
    default void kill(Instance instance) {
        throw faultless(instance);
    }

    /// Lets nothing of it run until [#resume], at most so long, whatever becomes of the control plane.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException `target.fault` where this cannot be done to instances
    default void suspend(Instance instance, Duration atMost) {
        throw faultless(instance);
    }

    /// Lets it go on.
    default void resume(Instance instance) {}

    private ProblemException faultless(Instance instance) {
        return Problem.user("target.fault", "instances on " + instance.target() + " are not ended or paused on purpose")
                .hint("faults of instances are for those that run as processes; latency, errors and resets are for all")
                .exception();
    }

    /// Forgets a stopped instance: its folder is deleted, its output stays as long as logs are kept.
    void remove(Instance instance);

    /// Deletes what a removed instance printed.
    default void forget(Instance instance) {}

    /// Folders of data of an app that outlive its releases, of all environments.
    default List<Path> data(String app) {
        return List.of();
    }

    /// The folder of data that an app finds at a path in one environment.
    ///
    /// @param path from the root of its artifact on: `uploads/`
    /// @return empty when no instance had it yet
    default Optional<Path> data(String app, String environment, String path) {
        return Optional.empty();
    }

    /// Deletes the data and the output of an app in one environment, none of whose instances lives; not what another
    /// app of its project has too.
    default void discard(String app, String environment) {}

    /// The same, so that it begins with nothing: with what others have too, as long as no instance of theirs has it.
    default void renew(String app, String environment) {
        discard(app, environment);
    }

    /// Deletes all that is left of an app, none of whose instances lives; not what another app of its project has too.
    default void discard(String app) {}

    /// Deletes what apps of a project had together, none of which is left.
    default void discardProject(String project) {}

    /// All instances that were started and not removed, also by an earlier control plane.
    List<Instance> find();

    /// Takes away what an earlier control plane left that was just starting, or only ran a command. Called before
    /// anything is started here: what we are starting ourselves looks the same.
    default void sweep() {}

    /// Ends what runs beside instances, none of which lives any more; the next start brings it back.
    default void rest() {}

    /// The last lines that it printed, oldest first.
    List<String> lastWords(Instance instance, int lines);
}
