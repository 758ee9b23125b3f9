package dev.johwa.door.cli;

import picocli.CommandLine.Option;

/// Whether a command that one sits at gets a terminal.
final class TerminalChoice {
    @Option(
            names = "--no-terminal",
            description = "Pipes instead of a terminal: output as it is, standard error apart.")
    boolean refused;
}
