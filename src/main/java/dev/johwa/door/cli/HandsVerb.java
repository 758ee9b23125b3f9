package dev.johwa.door.cli;

import dev.johwa.door.api.Attach;
import dev.johwa.door.api.AttachCalls;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.OwnTerminal;
import dev.johwa.lib.task.AtExit;
import dev.johwa.lib.task.Tasks;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A verb that connects us with a command on the server: by a terminal where we have one, else by three pipes, byte for
/// byte.
@Command
abstract class HandsVerb extends AppVerb {
    private static final String DASHES = "--";
    private static final int PIECE = 256 << 10;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            index = "1",
            arity = "0..*",
            paramLabel = "-- COMMAND",
            description = "The command and its arguments, after two dashes; no shell reads them.")
    List<String> words = List.of();

    @Nullable
    @Option(
            names = "--limit",
            paramLabel = "MINUTES",
            description = "How long it may take; default: as long as you are connected.")
    Integer minutes;

    @Option(
            names = "--no-terminal",
            description = "Pipes instead of a terminal: output as it is, standard error apart.")
    boolean noTerminal;

    HandsVerb(Session session) {
        super(session);
    }

    /// What follows the dashes; where nothing stands before them, the app is that of the folder.
    List<String> command() {
        var given = spec.commandLine().getParseResult().originalArgs();
        int dashes = given.indexOf(DASHES);
        var command = dashes < 0 ? List.<String>of() : given.subList(dashes + 1, given.size());
        if (command.isEmpty()) {
            var verb = spec.name();
            throw Problem.user("usage.command", "there is no command to run")
                    .hint("write it after two dashes: johwa " + verb + " " + (name == null ? "shop" : name)
                            + " -- COMMAND")
                    .exception();
        }
        if (words.size() < command.size()) {
            name = null;
        }
        return List.copyOf(command);
    }

    int limit() {
        return minutes == null ? 0 : minutes;
    }

    /// @param within whether it runs within an instance
    /// @param process whose instance
    /// @return the exit status of the command
    int connect(List<String> command, boolean within, Optional<String> process) {
        var terminal = terminal();
        var shown =
                terminal.map(OwnTerminal::size).map(size -> new Attach.Terminal(size.columns(), size.rows(), kind()));
        var order = new Attach(environment, command, within, process, shown, limit());
        var calls = client().attached();
        var place = calls.start(app(), order);
        Runnable leave = () -> {
            terminal.ifPresent(OwnTerminal::restore);
            calls.end(place);
        };
        try (var _ = new AtExit(leave);
                var tasks = new Tasks()) {
            terminal.ifPresent(ours -> {
                ours.makeRaw();
                ours.onResize(() -> tasks.run("size", () -> resize(calls, place, ours)));
            });
            var _ = tasks.run("input", () -> pass(calls, place));
            var ended = calls.listen(
                    place, session.surroundings().out(), session.surroundings().err());
            terminal.ifPresent(OwnTerminal::restore);
            if (ended.status() != 0 && terminal.isEmpty()) {
                screen().progress(String.join(" ", command) + ": " + ended.exit());
            }
            return ended.status();
        } finally {
            terminal.ifPresent(OwnTerminal::restore);
        }
    }

    /// Only where a person sits at both ends.
    private Optional<OwnTerminal> terminal() {
        var around = session.surroundings();
        boolean isPerson = around.terminal() && around.in() == System.in && !noTerminal;
        return isPerson ? OwnTerminal.find() : Optional.empty();
    }

    private String kind() {
        return session.surroundings().value("TERM").orElse("dumb");
    }

    private static void resize(AttachCalls calls, AttachCalls.Place place, OwnTerminal ours) {
        var size = ours.size();
        calls.resize(place, new Attach.Size(size.columns(), size.rows()));
    }

    private void pass(AttachCalls calls, AttachCalls.Place place) {
        var buffer = new byte[PIECE];
        var in = session.surroundings().in();
        try {
            boolean isHeard = true;
            for (int count = in.read(buffer); count >= 0 && isHeard; count = isHeard ? in.read(buffer) : -1) {
                isHeard = calls.tell(place, Arrays.copyOf(buffer, count));
            }
            if (isHeard) {
                calls.endInput(place);
            }
        } catch (IOException | ProblemException e) {
            // It is over, or we are: what listens tells which.
        }
    }
}
