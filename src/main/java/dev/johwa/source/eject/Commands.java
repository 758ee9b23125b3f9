package dev.johwa.source.eject;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.text.ShellLine;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Commands of the platform as other tools write them: without the words that only the platform needs.
final class Commands {
    private static final String GO_DOWN = "cd \"$1\" && shift && exec \"$@\"";
    private static final Pattern PLAIN_LINE =
            Pattern.compile("(?!\\w+=)[\\w./:@%+,-][\\w./:@%+,=-]*( [\\w./:@%+,=-]+)*");
    /// Where runners write what the platform reads.
    private static final Pattern REPORT = Pattern.compile(
            " (--reporter=(default|junit)|--outputFile[.\\w]*=\\S+|--test-reporter=\\S+|--junit-xml=\\S+|-rfE"
                    + "|--tb=short|-p no:cacheprovider|\\S*\\.johwa-results\\S*)(?= |$)");

    private Commands() {}

    /// A line for a shell.
    static String line(List<String> argv) {
        if (isMoved(argv)) {
            return "cd " + argv.get(4) + " && " + line(argv.subList(5, argv.size()));
        }
        var line = isShell(argv) ? argv.get(2) : ShellLine.of(argv);
        return cleaned(line);
    }

    static List<String> lines(List<List<String>> commands) {
        return commands.stream().map(Commands::line).toList();
    }

    /// Words that start a process without a shell where none is needed.
    static List<String> words(List<String> argv) {
        if (isMoved(argv)) {
            return words(argv.subList(5, argv.size()));
        }
        if (!isShell(argv)) {
            return argv.stream().map(Commands::cleaned).toList();
        }
        var line = cleaned(argv.get(2).strip());
        var plain = line.startsWith("exec ") ? line.substring("exec ".length()) : line;
        return PLAIN_LINE.matcher(plain).matches() ? List.of(plain.split(" ")) : List.of("sh", "-c", line);
    }

    static boolean needsShell(List<String> argv) {
        return words(argv).getFirst().equals("sh");
    }

    /// The folder in which it starts, below the app's.
    static String folder(List<String> argv) {
        return isMoved(argv) ? argv.get(4) : "";
    }

    /// An array of a Dockerfile or compose file.
    static String array(List<String> words) {
        return words.stream().map(Json::write).collect(Collectors.joining(", ", "[", "]"));
    }

    /// Every instruction of one command a line of its own.
    static List<String> run(List<String> lines) {
        var instructions = new ArrayList<String>();
        lines.forEach(line -> instructions.add("RUN " + line.strip().replace("\n", "; \\\n    ")));
        return instructions;
    }

    private static boolean isShell(List<String> argv) {
        return argv.size() == 3 && argv.get(0).equals("sh") && argv.get(1).equals("-c");
    }

    private static boolean isMoved(List<String> argv) {
        return argv.size() > 5 && argv.get(0).equals("sh") && argv.get(2).equals(GO_DOWN);
    }

    private static String cleaned(String line) {
        return REPORT.matcher(line)
                .replaceAll("")
                .replace("${HOST:-127.0.0.1}", "${HOST:-0.0.0.0}")
                .replaceAll("(?<![\\w/])\\.venv/bin/", "");
    }
}
