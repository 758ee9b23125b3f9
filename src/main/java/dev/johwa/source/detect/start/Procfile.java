package dev.johwa.source.detect.start;

import dev.johwa.source.detect.stack.Folder;
import java.util.Optional;
import java.util.regex.Pattern;

/// A Procfile: `NAME: COMMAND` a line, commands for a shell exactly as written; `release` runs once before a release.
final class Procfile {
    static final String FILE = "Procfile";
    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9_-]+)\\s*:\\s*(.+)");

    private Procfile() {}

    static Optional<Said> read(Folder folder) {
        return folder.read(FILE).map(Procfile::read);
    }

    private static Said read(String text) {
        var said = new Said(FILE);
        int number = 0;
        for (var line : text.lines().map(String::strip).toList()) {
            number++;
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var process = LINE.matcher(line);
            if (!process.matches()) {
                said.problem(number, "'" + shortened(line) + "' is no process", "a line is NAME: COMMAND");
            } else if (!put(said, process.group(1), process.group(2))) {
                said.problem(number, process.group(1) + " is there twice; the first one counts", "remove one");
            }
        }
        if (said.processes.isEmpty() && said.release.isEmpty()) {
            said.problem(0, "the Procfile names no process", "write one: web: COMMAND");
        }
        return said;
    }

    private static boolean put(Said said, String name, String command) {
        if (!name.equals("release")) {
            return said.processes.putIfAbsent(name, command) == null;
        }
        boolean isFirst = said.release.isEmpty();
        said.release = said.release.or(() -> Optional.of(command));
        return isFirst;
    }

    private static String shortened(String line) {
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }
}
