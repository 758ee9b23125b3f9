package dev.johwa.door.cli.local;

import dev.johwa.door.api.WireProblem;
import dev.johwa.door.cli.ExitCode;
import dev.johwa.door.cli.Screen;
import dev.johwa.door.cli.Screen.Style;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.config.Written;
import dev.johwa.source.migrate.Line;
import dev.johwa.source.migrate.Line.Kind;
import dev.johwa.source.migrate.Migration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description =
                "Reads what a team has from another platform (Heroku, Dokku, Piku, Render, Railway, Netlify, Vercel, "
                        + "Fly.io, Kamal, Coolify, CapRover) and tells for each line what it becomes here. Changes nothing without --write.",
        footer = {"%nExample:", "  johwa migrate ~/code/shop", "  johwa migrate . --write", "  johwa migrate . --json"})
final class MigrateCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            paramLabel = "FOLDER",
            arity = "0..1",
            defaultValue = ".",
            description = "Where the application lies; default: this folder.")
    String folder = ".";

    @Option(
            names = "--write",
            description = "Write the keys that are needed into a new johwa.yaml, and a Dockerfile where one is told; "
                    + "never over another.")
    boolean write;

    @Option(names = "--json", description = "One JSON document on standard output.")
    boolean json;

    MigrateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var project = new Project(session, folder, null);
        if (!Files.isDirectory(project.folder())) {
            throw Problem.user("folder.unknown", project.folder() + " is a file")
                    .hint("name the folder in which it lies")
                    .exception();
        }
        var migration = Migration.of(project.folder(), project.name(), now(project));
        if (write) {
            written(migration).forEach((name, text) -> requireNew(project.folder(), name));
            written(migration).forEach((name, text) -> write(project.folder().resolve(name), text));
        }
        if (json) {
            session.screen().line(Json.pretty(document(migration)));
        } else {
            tell(migration);
        }
        boolean isWell = migration.problems().isEmpty() && !migration.files().isEmpty();
        return isWell ? ExitCode.DONE : ExitCode.NO;
    }

    /// What holds there by itself, as texts; nothing where nobody knows what it is.
    private static Map<String, String> now(Project project) {
        try {
            var values =
                    project.resolve(project.name(), Path.of("."), "production").values();
            return values.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, MigrateCommand::text));
        } catch (ProblemException e) {
            return Map.of();
        }
    }

    @SuppressWarnings("unchecked") // commands are lists of words
    private static String text(Map.Entry<String, Object> value) {
        return switch (value.getValue()) {
            case List<?> list when value.getKey().equals("start") -> Written.command((List<String>) list);
            case List<?> list
            when list.stream().allMatch(List.class::isInstance) -> Written.commands((List<List<String>>) list);
            case Object other -> String.valueOf(Written.plain(other));
        };
    }

    /// Files that are needed, by name: johwa.yaml first.
    private static Map<String, String> written(Migration migration) {
        var files = new LinkedHashMap<String, String>();
        if (!migration.keys().isEmpty()) {
            files.put(Project.FILE, migration.keys());
        }
        files.putAll(migration.beside());
        return files;
    }

    /// All or none are written.
    private static void requireNew(Path folder, String name) {
        if (Files.exists(folder.resolve(name))) {
            throw Problem.user("migrate.exists", name + " is there already and stays as it is")
                    .at(Place.of(name))
                    .hint("without --write it is shown what it needs: add what it lacks by hand")
                    .exception();
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> document(Migration migration) {
        var document = new LinkedHashMap<String, Object>();
        document.put(
                "files",
                migration.files().stream().map(MigrateCommand::document).toList());
        document.put("keys", migration.keys());
        document.put("beside", migration.beside());
        document.put("written", write && !written(migration).isEmpty());
        document.put("commands", migration.commands());
        document.put(
                "problems", migration.problems().stream().map(WireProblem::of).toList());
        return document;
    }

    private static Map<String, Object> document(Migration.File file) {
        var lines = file.lines().stream().map(MigrateCommand::document).toList();
        return Map.of("file", file.file(), "platform", file.platform(), "lines", lines);
    }

    private static Map<String, Object> document(Line line) {
        return Map.of(
                "line", line.place().line(),
                "column", line.place().column(),
                "says", line.says(),
                "becomes", line.kind().words(),
                "here", line.here());
    }

    private void tell(Migration migration) {
        var screen = session.screen();
        if (migration.files().isEmpty()) {
            screen.line(
                    "There is no file of another platform here. Known are: " + String.join(", ", Migration.names()));
            return;
        }
        for (var file : migration.files()) {
            if (file.lines().isEmpty()) {
                continue;
            }
            screen.line(screen.style(Style.BOLD, file.file()) + " (" + file.platform() + ")");
            file.lines().forEach(line -> tell(screen, file, line));
            screen.line("");
        }
        migration.problems().forEach(screen::problem);
        summary(screen, migration);
    }

    private static void tell(Screen screen, Migration.File file, Line line) {
        var place = file.file() + ":" + line.place().line() + ":" + line.place().column();
        screen.line("  " + screen.style(Style.FAINT, place) + "  " + line.says());
        screen.line("      " + screen.style(style(line.kind()), line.kind().words()) + "  " + line.here());
    }

    private static Style style(Kind kind) {
        return switch (kind) {
            case AS_IT_IS, NO_NEED -> Style.FAINT;
            case KEY -> Style.GREEN;
            case TO_DO -> Style.BOLD;
            case NOT_YET, UNKNOWN -> Style.RED;
        };
    }

    private void summary(Screen screen, Migration migration) {
        if (migration.keys().isEmpty() && migration.problems().isEmpty()) {
            screen.line("No johwa.yaml is needed.");
        } else if (!migration.keys().isEmpty()) {
            screen.line(write ? "Wrote " + Project.FILE + ":" : "johwa.yaml (--write writes it):");
            migration.keys().lines().forEach(line -> screen.line("  " + line));
        }
        migration.beside().forEach((name, text) -> {
            screen.line(write ? "Wrote " + name + ":" : name + " (--write writes it):");
            text.lines().forEach(line -> screen.line("  " + line));
        });
        if (!migration.commands().isEmpty()) {
            screen.line("Then type:");
            migration.commands().forEach(command -> screen.line("  " + command));
        }
        long open = migration.files().stream()
                .flatMap(file -> file.lines().stream())
                .filter(line -> line.kind() == Kind.NOT_YET || line.kind() == Kind.UNKNOWN)
                .count();
        if (open > 0) {
            screen.line(
                    (open == 1 ? "1 line is" : open + " lines are") + " not done here yet, or unknown: told above.");
        }
    }
}
