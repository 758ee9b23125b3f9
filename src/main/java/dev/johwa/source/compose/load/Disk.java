package dev.johwa.source.compose.load;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.compose.text.EnvFile;
import dev.johwa.source.compose.tree.Document;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The disk around compose files: each file is read once, and told by its name within the project.
final class Disk {
    private static final long LARGEST = 1 << 20;
    private static final int MOST_FILES = 500;

    private final Path root;
    private final boolean isConfined;
    private final Map<Path, String> texts = new HashMap<>();
    private final Map<Path, List<Document>> documents = new HashMap<>();

    /// @param root folder of the project
    /// @param isConfined whether files outside of it are refused
    Disk(Path root, boolean isConfined) {
        this.root = root;
        this.isConfined = isConfined;
    }

    /// The name by which problems tell a file.
    String shown(Path file) {
        return file.startsWith(root) ? root.relativize(file).toString() : file.toString();
    }

    /// @throws ProblemException when a name cannot be one of a file
    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw Problem.user("compose.path", "'" + text + "' is no path").exception();
        }
    }

    /// @throws ProblemException `compose.file` when it is not there, or cannot be read
    List<Document> documents(Path file) {
        var known = documents.get(file);
        if (known == null) {
            known = Document.read(shown(file), text(file));
            documents.put(file, known);
        }
        return known;
    }

    /// @throws ProblemException `compose.file` when it is not there, or cannot be read
    String text(Path file) {
        var known = texts.get(file);
        if (known != null) {
            return known;
        }
        if (texts.size() >= MOST_FILES) {
            throw Problem.user("compose.file", "more than " + MOST_FILES + " files are named")
                    .at(Place.of(shown(file)))
                    .exception();
        }
        var text = read(file);
        texts.put(file, text);
        return text;
    }

    private String read(Path file) {
        var name = shown(file);
        if (!Files.exists(file)) {
            throw wrong("there is no file " + name, "name a file that is there");
        }
        if (!Files.isRegularFile(file)) {
            throw wrong(name + " is no file", "name a file");
        }
        try {
            if (isConfined && !file.toRealPath().startsWith(root.toRealPath())) {
                throw wrong(name + " lies outside of the project", "copy it into the repository");
            }
            if (Files.size(file) > LARGEST) {
                throw wrong(name + " is larger than 1 MiB", "keep it smaller");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(
                    Problem.user("file.encoding", "the file is not UTF-8")
                            .at(Place.of(name))
                            .hint("save it as UTF-8"),
                    e);
        } catch (IOException e) {
            throw new ProblemException(Problem.user("compose.file", name + " cannot be read: " + e.getMessage()), e);
        }
    }

    private static ProblemException wrong(String what, String hint) {
        return Problem.user("compose.file", what).hint(hint).exception();
    }

    boolean isFile(Path file) {
        return Files.isRegularFile(file);
    }

    /// What env files say, the later over the earlier.
    ///
    /// @param around counts before them where they refer to a variable
    Map<String, String> environment(List<Path> files, Map<String, String> around) {
        var values = new LinkedHashMap<String, String>();
        files.forEach(file -> readEnvFile(file, values, name -> {
            var value = around.get(name);
            return value == null ? values.get(name) : value;
        }));
        return values;
    }

    void readEnvFile(Path file, Map<String, String> values, Function<String, @Nullable String> around) {
        EnvFile.read(shown(file), text(file), values, around);
    }

    /// A path with its first symbolic link resolved.
    static String withoutLink(String path) {
        var current = Path.of("/");
        for (var part : path(path)) {
            current = current.resolve(part);
            if (Files.isSymbolicLink(current)) {
                try {
                    return path.replaceFirst(
                            Pattern.quote(current.toString()),
                            Matcher.quoteReplacement(current.toRealPath().toString()));
                } catch (IOException e) {
                    throw new ProblemException(
                            wrong(path + " cannot be followed: " + e.getMessage(), "mend the link")
                                    .problem(),
                            e);
                }
            }
        }
        return path;
    }
}
