package dev.johwa.door.cli;

import dev.johwa.door.api.Attach;
import dev.johwa.door.api.AttachCalls;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.OwnTerminal;
import dev.johwa.lib.task.AtExit;
import dev.johwa.lib.task.Tasks;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/// Connects us with a command on the server: by a terminal where we have one, else by three pipes, byte for byte.
///
/// @param noTerminal whether pipes are wanted where we have a terminal too
record RemoteTerminal(Session session, AttachCalls calls, boolean noTerminal) {
    private static final String DASHES = "--";
    private static final int PIECE = 256 << 10;

    /// The words that follow two dashes, as they were typed.
    static List<String> afterDashes(CommandSpec verb) {
        var given = verb.commandLine().getParseResult().originalArgs();
        int dashes = given.indexOf(DASHES);
        return dashes < 0 ? List.of() : List.copyOf(given.subList(dashes + 1, given.size()));
    }

    /// @param start starts the command for a terminal, or for pipes
    Attach.Ended connect(Function<Optional<Attach.Terminal>, AttachCalls.Place> start) {
        var terminal = terminal();
        var shown =
                terminal.map(OwnTerminal::size).map(size -> new Attach.Terminal(size.columns(), size.rows(), kind()));
        var place = start.apply(shown);
        Runnable leave = () -> {
            terminal.ifPresent(OwnTerminal::restore);
            calls.end(place);
        };
        try (var _ = new AtExit(leave);
                var tasks = new Tasks()) {
            terminal.ifPresent(ours -> {
                ours.makeRaw();
                ours.onResize(() -> tasks.run("size", () -> resize(place, ours)));
            });
            var _ = tasks.run("input", () -> pass(place));
            return calls.listen(
                    place, session.surroundings().out(), session.surroundings().err());
        } finally {
            terminal.ifPresent(OwnTerminal::restore);
        }
    }

    boolean isTerminal() {
        return terminal().isPresent();
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

    private void resize(AttachCalls.Place place, OwnTerminal ours) {
        var size = ours.size();
        calls.resize(place, new Attach.Size(size.columns(), size.rows()));
    }

    private void pass(AttachCalls.Place place) {
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
