package dev.johwa.door.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The options that every command takes, before or after its name.
@Command(name = "johwa", sortOptions = false, optionListHeading = "%nOptions:%n", synopsisHeading = "Usage: ")
final class RootCommand {
    @Nullable
    @Option(
            names = "-C",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            order = 100,
            description = "As if started in that folder.")
    Path folder;

    @Nullable
    @Option(
            names = "--server",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            order = 101,
            description = "The server to talk to.")
    String server;

    @Nullable
    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            scope = ScopeType.INHERIT,
            order = 102,
            description = "The access token to show it.")
    String token;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            order = 103,
            description = "Show this help.")
    boolean help;
}
