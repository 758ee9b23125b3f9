package dev.johwa.source.detect.stack;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.detect.Detection.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A Procfile: `NAME: COMMAND` a line, commands for a shell exactly as written. It decides what starts in any stack;
/// the stack below still says how it is installed, tested and built.
public final class Procfile {
    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9_-]+)\\s*:\\s*(.+)");

    private final Map<String, String> processes = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private Procfile(String text) {
        int number = 0;
        for (var line : text.lines().map(String::strip).toList()) {
            number++;
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var process = LINE.matcher(line);
            if (!process.matches()) {
                problem(number, "'" + shortened(line) + "' is no process", "a line is NAME: COMMAND");
            } else if (processes.putIfAbsent(process.group(1), process.group(2)) != null) {
                problem(number, process.group(1) + " is there twice; the first one counts", "remove one");
            }
        }
    }

    private void problem(int line, String message, String hint) {
        problems.add(Problem.user("detect.procfile", message)
                .at(new Place("Procfile", line, 1))
                .hint(hint));
    }

    private static String shortened(String line) {
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }

    /// Empty when there is none; one without a single process is none, and a warning of the stack.
    public static Optional<Procfile> read(Folder folder) {
        return folder.read("Procfile").map(Procfile::new);
    }

    public boolean isEmpty() {
        return processes.isEmpty();
    }

    /// Its processes instead of those that the stack would start.
    public void override(Draft draft) {
        problems.forEach(draft::warn);
        if (isEmpty()) {
            draft.warn("detect.procfile", "the Procfile names no process", "write one: web: COMMAND");
            return;
        }
        draft.start.clear();
        processes.forEach((name, line) -> {
            if (name.equals("release")) {
                draft.release.clear();
                draft.release.add(Draft.shell(line));
            } else {
                draft.start.put(name, Draft.shell(line));
            }
        });
        if (!draft.start.isEmpty()) {
            draft.service = draft.start.containsKey("web") ? Service.WEB : Service.WORKER;
            draft.publish = Optional.empty();
            draft.aboveAll("Procfile", "starts " + String.join(", ", draft.start.keySet()));
        }
    }

    /// Where nothing else is known, it is enough by itself.
    public Draft alone() {
        var draft = new Draft("procfile", "Procfile");
        override(draft);
        return draft;
    }
}
