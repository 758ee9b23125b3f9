package dev.johwa.door.cli.local;

import dev.johwa.door.api.WireProblem;
import dev.johwa.door.cli.ExitCode;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.RawNames;
import dev.johwa.source.dockerfile.BuildContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        description = {
            "Lists the files that the build of an image would be given: those of a folder that its .dockerignore"
                    + " (or FILE.dockerignore) leaves.",
            "A name that holds a line break or another control character stands in double quotes, with \\n and the"
                    + " like; --json has names as they are."
        },
        footer = {"%nExample:", "  johwa build --context . --list", "  johwa build --context . -f docker/web --list"})
final class BuildCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--context", paramLabel = "DIR", required = true, description = "The folder that is built.")
    String context = ".";

    @Option(names = "--list", required = true, description = "List the files, relative, sorted.")
    boolean list;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The Dockerfile; default: that of the folder.")
    @Nullable
    String file;

    @Option(names = "--json", description = "One JSON document on standard output.")
    boolean json;

    BuildCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var folder = session.folder().resolve(context).normalize();
        if (!Files.isDirectory(folder)) {
            throw Problem.user("folder.unknown", "there is no folder " + folder)
                    .hint("name the folder that is built: --context DIR")
                    .exception();
        }
        var found = BuildContext.of(folder, dockerfile(folder));
        var files = found.files().stream()
                .map(each -> RawNames.text(RawNames.of(each)))
                .toList();
        if (json) {
            session.screen().line(Json.pretty(document(found, files)));
        } else {
            found.problems().forEach(session.screen()::problem);
            files.forEach(name -> session.screen().line(shown(name)));
        }
        return found.hasErrors() ? ExitCode.NO : ExitCode.DONE;
    }

    private Path dockerfile(Path folder) {
        if (file == null) {
            return folder.resolve("Dockerfile");
        }
        var named = session.folder().resolve(file).normalize();
        if (!Files.isRegularFile(named)) {
            throw Problem.user("file.unknown", "there is no " + named)
                    .hint("name a Dockerfile that is there: -f FILE")
                    .exception();
        }
        return named;
    }

    private static LinkedHashMap<String, Object> document(BuildContext found, List<String> files) {
        var document = new LinkedHashMap<String, Object>();
        document.put("files", files);
        document.put("bytes", found.bytes());
        found.ignoreFile().ifPresent(each -> document.put("ignoreFile", each.toString()));
        document.put("problems", found.problems().stream().map(WireProblem::of).toList());
        return document;
    }

    /// One line, whatever the name holds.
    static String shown(String name) {
        if (name.chars().noneMatch(Character::isISOControl)) {
            return name;
        }
        var quoted = new StringBuilder("\"");
        name.codePoints().forEach(letter -> {
            switch (letter) {
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '"', '\\' -> quoted.append('\\').appendCodePoint(letter);
                default -> {
                    if (Character.isISOControl(letter)) {
                        quoted.append("\\%03o".formatted(letter));
                    } else {
                        quoted.appendCodePoint(letter);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
