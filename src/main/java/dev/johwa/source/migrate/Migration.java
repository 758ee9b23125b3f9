package dev.johwa.source.migrate;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.Written;
import dev.johwa.source.migrate.Line.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the files of other platforms in a folder come to here.
///
/// @param files those that were found
/// @param keys a `johwa.yaml` of what is needed; empty where nothing is
/// @param commands to type, in this order
/// @param beside other files that are needed, by name: their texts
/// @param problems what is wrong in the files
public record Migration(
        List<File> files, String keys, List<String> commands, Map<String, String> beside, List<Problem> problems) {
    private static final int LARGEST = 1 << 20;

    /// A file and what becomes of its lines.
    ///
    /// @param platform whose file it is
    public record File(String file, String platform, List<Line> lines) {}

    /// @param project its name, for commands
    /// @param now what holds there already, by the paths of keys of `johwa.yaml`
    public static Migration of(Path folder, String project, Map<String, String> now) {
        var problems = new ArrayList<Problem>();
        var sheet = new Sheet(project, now);
        var found = new LinkedHashMap<String, String>();
        for (var format : Format.all()) {
            for (var name : format.in(folder)) {
                if (tell(folder.resolve(name), name, format, sheet, problems)) {
                    found.put(name, format.who());
                }
            }
        }
        var keys = checked(sheet.notes());
        var lines = sheet.notes().lines();
        var files = found.entrySet().stream()
                .map(file -> new File(file.getKey(), file.getValue(), of(file.getKey(), lines)))
                .toList();
        var notes = sheet.notes();
        return new Migration(
                files,
                keys,
                List.copyOf(notes.commands()),
                Collections.unmodifiableMap(notes.beside()),
                List.copyOf(problems));
    }

    /// The files that are known.
    public static List<String> names() {
        return Format.all().stream().flatMap(format -> format.names().stream()).toList();
    }

    private static List<Line> of(String file, List<Line> lines) {
        return lines.stream()
                .filter(line -> line.place().file().equals(file))
                .sorted(Comparator.comparingInt(line -> line.place().line()))
                .toList();
    }

    /// @return whether it is a file of that platform
    private static boolean tell(Path file, String name, Format format, Sheet sheet, List<Problem> problems) {
        try {
            var text = text(file, name);
            if (!format.isIts().test(text)) {
                return false;
            }
            Tree.read(name, text, format.syntax(), problems)
                    .ifPresent(node -> format.rules().tell(Entry.top(node), sheet));
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        }
        return true;
    }

    private static String text(Path file, String name) {
        try {
            if (Files.size(file) > LARGEST) {
                throw Problem.user("migrate.large", name + " has more than 1 MiB; it was not read")
                        .at(Place.of(name))
                        .exception();
            }
            return Files.readString(file).replaceFirst("^\uFEFF", "");
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.user("migrate.unreadable", name + " is not readable as UTF-8: " + e.getMessage())
                            .at(Place.of(name))
                            .hint("save it as UTF-8"),
                    e);
        }
    }

    /// What does not fit into `johwa.yaml` is taken out again and told where it came from.
    private static String checked(Sheet.Notes found) {
        while (true) {
            var paths = new ArrayList<String>();
            var text = written(found.keys(), paths);
            try {
                if (!text.isEmpty()) {
                    Configs.parse("johwa.yaml", text);
                }
                return text;
            } catch (ProblemException e) {
                int before = found.keys().size();
                e.problems().forEach(problem -> takeOut(problem, paths, found));
                if (found.keys().size() == before) {
                    throw e;
                }
            }
        }
    }

    private static void takeOut(Problem problem, List<String> paths, Sheet.Notes found) {
        var where = problem.where();
        var path = where == null || where.line() < 1 || where.line() > paths.size() ? "" : paths.get(where.line() - 1);
        if (found.keys().remove(path) != null) {
            int line = found.origins().getOrDefault(path, 0);
            found.lines()
                    .set(
                            line,
                            found.lines().get(line).as(Kind.NOT_YET, path + " cannot be that: " + problem.message()));
        }
    }

    /// @param paths filled with the key of each line
    private static String written(Map<String, Object> keys, List<String> paths) {
        var text = new StringBuilder();
        var open = new ArrayList<String>();
        // Names of people hold no dots: keys below one name stand together.
        keys.entrySet().stream().sorted(Comparator.comparing(Migration::group)).forEach(key -> {
            var path = key.getKey();
            var parts = List.of(path.split("\\."));
            int same = 0;
            while (same < open.size()
                    && same < parts.size() - 1
                    && open.get(same).equals(parts.get(same))) {
                same++;
            }
            open.subList(same, open.size()).clear();
            for (int i = same; i < parts.size() - 1; i++) {
                text.append("  ".repeat(i)).append(Written.value(parts.get(i))).append(":\n");
                paths.add("");
                open.add(parts.get(i));
            }
            text.append("  ".repeat(parts.size() - 1))
                    .append(Written.value(parts.getLast()))
                    .append(": ");
            text.append(Written.value(key.getValue())).append('\n');
            paths.add(path);
        });
        return text.toString();
    }

    /// Plain keys first, then maps, each together.
    private static String group(Map.Entry<String, Object> key) {
        int dot = key.getKey().lastIndexOf('.');
        return dot < 0 ? "0" : "1" + key.getKey().substring(0, dot).replace('.', ' ');
    }
}
