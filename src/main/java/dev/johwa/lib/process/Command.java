package dev.johwa.lib.process;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A program to start: its words, never a shell's text; the folder it starts in; its whole environment, byte for
/// byte (nothing of ours is inherited, an empty map is an empty environment); only relative folders of its PATH are
/// made absolute.
public record Command(List<String> argv, Path folder, Map<String, String> environment) {
    public Command {
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        argv = List.copyOf(argv);
        environment = fromFolder(environment, folder);
    }

    /// Relative folders of PATH are meant from where the command starts, wherever the programs that it starts go.
    private static Map<String, String> fromFolder(Map<String, String> environment, Path folder) {
        var path = environment.getOrDefault("PATH", "");
        if (Stream.of(path.split(":")).allMatch(place -> place.startsWith("/") || place.isEmpty())) {
            return Map.copyOf(environment);
        }
        var values = new HashMap<>(environment);
        values.put(
                "PATH",
                Stream.of(path.split(":"))
                        .map(place -> place.isEmpty()
                                ? place
                                : folder.resolve(place).normalize().toString())
                        .collect(Collectors.joining(":")));
        return Map.copyOf(values);
    }

    public Command(List<String> argv, Path folder) {
        this(argv, folder, Map.of());
    }
}
