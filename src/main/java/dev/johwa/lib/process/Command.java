package dev.johwa.lib.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A program to start: its words, never a shell's text; the folder it starts in; its whole environment, byte for
/// byte (nothing of ours is inherited, an empty map is an empty environment).
public record Command(List<String> argv, Path folder, Map<String, String> environment) {
    public Command {
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    public Command(List<String> argv, Path folder) {
        this(argv, folder, Map.of());
    }
}
