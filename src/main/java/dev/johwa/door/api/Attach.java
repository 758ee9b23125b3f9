package dev.johwa.door.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A command with whose input and output somebody wants to be connected.
///
/// @param command words; no shell reads them
/// @param within whether it runs within an instance that lives; else beside them, with files of its own
/// @param process whose instance it is; absent: `web` where there is one
/// @param terminal absent: three pipes
/// @param minutes that it may take; 0: as long as somebody is connected
public record Attach(
        String environment,
        List<String> command,
        boolean within,
        Optional<String> process,
        Optional<Terminal> terminal,
        int minutes) {
    public Attach {
        command = command == null ? List.of() : List.copyOf(command);
        process = Objects.requireNonNullElse(process, Optional.empty());
        terminal = Objects.requireNonNullElse(terminal, Optional.empty());
    }

    /// @param kind as `TERM` names it
    public record Terminal(int columns, int rows, String kind) {}

    /// How large the terminal is now.
    public record Size(int columns, int rows) {}

    /// @param id by which it is spoken with
    public record Made(String id) {}

    /// What became of input.
    ///
    /// @param state `taken`; `busy`: send it once more; `closed`: the command reads no more
    public record Heard(String state) {}

    /// How the command ended.
    ///
    /// @param status as a shell tells it
    /// @param exit for a person
    public record Ended(int status, String exit) {}
}
