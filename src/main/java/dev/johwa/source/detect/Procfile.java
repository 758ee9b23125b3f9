package dev.johwa.source.detect;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A Procfile: `NAME: COMMAND` a line, commands for a shell exactly as written. It decides what starts in any stack;
/// the stack below still says how it is installed, tested and built.
final class Procfile {
    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9_-]+):\\s*(.+)");

    private final Map<String, String> processes;

    private Procfile(Map<String, String> processes) {
        this.processes = processes;
    }

    static Optional<Procfile> read(Folder folder) {
        var processes = new LinkedHashMap<String, String>();
        folder.read("Procfile")
                .ifPresent(text -> text.lines()
                        .map(String::strip)
                        .map(LINE::matcher)
                        .filter(line -> line.matches())
                        .forEach(line -> processes.putIfAbsent(
                                line.group(1), line.group(2).strip())));
        return processes.isEmpty() ? Optional.empty() : Optional.of(new Procfile(processes));
    }

    /// Its processes instead of those that the stack would start.
    void override(Draft draft) {
        draft.start.clear();
        processes.forEach((name, line) -> {
            if (name.equals("release")) {
                draft.release.clear();
                draft.release.add(Draft.shell(line));
            } else {
                draft.start.put(name, Draft.shell(line));
            }
        });
        draft.service = draft.start.containsKey("web") ? Detection.Service.WEB : Detection.Service.WORKER;
        draft.publish = Optional.empty();
        draft.because("Procfile", "starts " + String.join(", ", draft.start.keySet()));
    }

    /// Where nothing else is known, it is enough by itself.
    Draft alone() {
        var draft = new Draft("procfile", "Procfile");
        override(draft);
        return draft;
    }
}
