package dev.johwa.door.cli;

import dev.johwa.door.api.Attach;
import dev.johwa.lib.problem.Problem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A verb that connects us with a command on the server: by a terminal where we have one, else by three pipes, byte for
/// byte.
@Command
abstract class HandsVerb extends AppVerb {
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

    @Mixin
    TerminalChoice terminal = new TerminalChoice();

    HandsVerb(Session session) {
        super(session);
    }

    /// What follows the dashes; where nothing stands before them, the app is that of the folder.
    List<String> command() {
        var command = RemoteTerminal.afterDashes(spec);
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
        return command;
    }

    int limit() {
        return minutes == null ? 0 : minutes;
    }

    /// @param within whether it runs within an instance
    /// @param process whose instance
    /// @return the exit status of the command
    int connect(List<String> command, boolean within, Optional<String> process) {
        var calls = client().attached();
        var ours = new RemoteTerminal(session, calls, terminal.refused);
        var ended = ours.connect(
                with -> calls.start(app(), new Attach(environment, command, within, process, with, limit())));
        if (ended.status() != 0 && !ours.isTerminal()) {
            screen().progress(String.join(" ", command) + ": " + ended.exit());
        }
        return ended.status();
    }
}
