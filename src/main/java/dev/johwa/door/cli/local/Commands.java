package dev.johwa.door.cli.local;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Commands and values as people read them.
final class Commands {
    private Commands() {}

    /// A line for a shell as it was written, words with spaces between them.
    static String text(List<String> argv) {
        boolean isShell =
                argv.size() == 3 && argv.get(0).equals("sh") && argv.get(1).equals("-c");
        return isShell ? argv.get(2) : String.join(" ", argv);
    }

    static String all(List<List<String>> commands) {
        return commands.stream().map(Commands::text).collect(Collectors.joining("; "));
    }

    /// A setting as it would be written.
    static Object plain(Object value) {
        return switch (value) {
            case Duration duration -> text(duration);
            case List<?> list -> list.stream().map(Commands::plain).toList();
            case Map<?, ?> map -> map.toString();
            case Object other -> other;
        };
    }

    private static String text(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds % 3600 == 0 && seconds > 0
                ? seconds / 3600 + "h"
                : seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
