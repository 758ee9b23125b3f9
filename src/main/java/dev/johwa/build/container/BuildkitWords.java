package dev.johwa.build.container;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Hears what `buildctl --progress rawjson` prints: objects with the vertices of the build and their logs, a line each
/// (`client.SolveStatus` of BuildKit), and after them, when it fails, where and why in text. Used by one thread.
final class BuildkitWords {
    private static final Pattern STEP = Pattern.compile("\\[(?!internal\\]|auth\\])[^\\]]+] .*", Pattern.DOTALL);
    private static final Pattern EXIT =
            Pattern.compile(".*did not complete successfully: exit code: (\\d+).*", Pattern.DOTALL);
    private static final Pattern NO_SECRET = Pattern.compile(".*\\bsecret (\\S+): not found.*", Pattern.DOTALL);
    private static final Pattern NO_SPACE = Pattern.compile(".*no space left on device.*", Pattern.DOTALL);
    private static final Pattern AWAY = Pattern.compile(
            ".*(connection refused|error reading from server|transport is closing|code = Unavailable"
                    + "|no such file or directory\"|context deadline exceeded).*",
            Pattern.DOTALL);
    private static final String ERROR = "error: ";
    private static final int LONGEST = 64 << 10;
    private static final int LONGEST_OBJECT = 4 << 20;
    private static final int MOST_TEXTS = 100;

    private static final Pattern PUSHED = Pattern.compile("pushing manifest for \\S+@(sha256:[0-9a-f]{64})");

    private final Consumer<BuildWord> words;
    private final Consumer<Digest> pushed;
    private final Map<String, Vertex> vertices = new HashMap<>();
    private final Deque<String> texts = new ArrayDeque<>();
    private final StringBuilder cut = new StringBuilder();
    private String failed = "";
    private String why = "";

    /// @param pushed hears which manifest a registry has now
    BuildkitWords(Consumer<BuildWord> words, Consumer<Digest> pushed) {
        this.words = words;
        this.pushed = pushed;
    }

    private static final class Vertex {
        private final String name;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private boolean isBegun;
        private boolean isOver;

        Vertex(String name) {
            this.name = name;
        }

        boolean isStep() {
            return STEP.matcher(name).matches();
        }

        String step() {
            return isStep() ? name : "";
        }
    }

    /// An object longer than the lines of a program may be comes in pieces.
    void hear(String line) {
        if (cut.isEmpty() && !line.startsWith("{")) {
            texts.addLast(line);
            if (texts.size() > MOST_TEXTS) {
                texts.removeFirst();
            }
            return;
        }
        cut.append(line);
        object(cut.toString()).ifPresentOrElse(this::hear, () -> {
            if (cut.length() > LONGEST_OBJECT) {
                cut.setLength(0);
            }
        });
    }

    private static Optional<JsonNode> object(String text) {
        try {
            return Optional.of(Json.tree(text));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private void hear(JsonNode status) {
        cut.setLength(0);
        status.path("vertexes").forEach(this::vertex);
        status.path("logs").forEach(this::log);
        status.path("statuses").forEach(this::status);
    }

    private void status(JsonNode told) {
        var manifest = PUSHED.matcher(told.path("id").asString(""));
        if (told.has("completed") && manifest.matches()) {
            pushed.accept(new Digest(manifest.group(1)));
        }
    }

    private void vertex(JsonNode told) {
        var vertex = vertices.computeIfAbsent(
                told.path("digest").asString(""),
                _ -> new Vertex(told.path("name").asString("").replace('\n', ' ')));
        boolean isCached = told.path("cached").asBoolean(false);
        if (!vertex.isBegun && (isCached || told.has("started"))) {
            vertex.isBegun = true;
            words.accept(
                    vertex.isStep() ? new BuildWord.Step(vertex.name, isCached) : new BuildWord.Line("", vertex.name));
        }
        if (!vertex.isOver && told.has("completed")) {
            end(vertex, told.path("error").asString(""));
        }
    }

    private void end(Vertex vertex, String error) {
        vertex.isOver = vertex.isBegun && vertex.isStep();
        flush(vertex);
        // The others end with the one that fails.
        boolean isFailed = !error.isEmpty() && !error.contains("context canceled");
        if (isFailed) {
            failed = vertex.name;
            why = error;
        }
        if (vertex.isOver || isFailed) {
            words.accept(new BuildWord.Ended(vertex.name, isFailed));
        }
    }

    private void log(JsonNode told) {
        var vertex = vertices.get(told.path("vertex").asString(""));
        if (vertex == null) {
            return;
        }
        for (byte each : Base64.getDecoder().decode(told.path("data").asString(""))) {
            if (each == '\n' || vertex.line.size() >= LONGEST) {
                flush(vertex);
            }
            if (each != '\n') {
                vertex.line.write(each);
            }
        }
    }

    private void flush(Vertex vertex) {
        if (vertex.line.size() > 0) {
            words.accept(new BuildWord.Line(
                    vertex.step(), vertex.line.toString(StandardCharsets.UTF_8).stripTrailing()));
            vertex.line.reset();
        }
    }

    /// Why it failed.
    ///
    /// @param dockerfile name of the file as the builder was told it
    Problem failure(String dockerfile) {
        var said = texts.stream()
                .filter(line -> line.startsWith(ERROR))
                .reduce((_, last) -> last)
                .map(line -> line.substring(ERROR.length()).replaceFirst("^failed to solve: ", ""))
                .orElse(why.isEmpty() ? "it ended without a word" : why);
        if (failed.isEmpty() && AWAY.matcher(said).matches()) {
            return Problem.resource("buildkit.down", "BuildKit does not answer: " + said)
                    .hint("look at its daemon: `systemctl status buildkit`");
        }
        var problem = problem(said);
        return place(dockerfile).map(problem::at).orElse(problem);
    }

    private Problem problem(String said) {
        var exit = EXIT.matcher(why);
        var secret = NO_SECRET.matcher(said);
        if (exit.matches()) {
            return Problem.user(
                    ImageBuilds.FAILED, failed.replaceFirst("^\\[[^\\]]*] ", "") + ": exit " + exit.group(1));
        }
        if (secret.matches()) {
            return Problem.user(
                            ImageBuilds.FAILED,
                            "the build asks for the secret " + secret.group(1) + ", which is not set")
                    .hint("set it: `johwa secrets set`");
        }
        return NO_SPACE.matcher(said).matches()
                ? Problem.resource("docker.no-space", "BuildKit's disk is full: " + said)
                        .hint("free some: `buildctl prune`; `gc` in buildkitd.toml bounds its cache")
                : Problem.user(ImageBuilds.FAILED, said);
    }

    /// `Dockerfile:12` stands before the lines of the file that are meant.
    private Optional<Place> place(String dockerfile) {
        var name = dockerfile.substring(dockerfile.lastIndexOf('/') + 1);
        var pattern = Pattern.compile("(?:.*/)?" + Pattern.quote(name) + ":(\\d{1,6})");
        return texts.stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(found -> new Place(dockerfile, Integer.parseInt(found.group(1)), 0));
    }
}
