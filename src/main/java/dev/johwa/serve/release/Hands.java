package dev.johwa.serve.release;

import dev.johwa.lib.process.TerminalSize;
import java.util.List;
import java.util.Optional;

/// A command at which somebody wants to have their hands.
///
/// @param command words; no shell reads them
/// @param within whether it runs within an instance that lives; else beside them, with files of its own
/// @param process whose instance it is: `web` where there is one, unless named
/// @param terminal its terminal; pipes when there is none
/// @param by who wants it
public record Hands(
        AppEnvironment where,
        List<String> command,
        boolean within,
        Optional<String> process,
        Optional<Terminal> terminal,
        String by) {
    public Hands {
        command = List.copyOf(command);
    }

    /// @param kind as `TERM` names it
    public record Terminal(TerminalSize size, String kind) {}
}
