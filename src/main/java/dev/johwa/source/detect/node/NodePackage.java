package dev.johwa.source.detect.node;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.detect.stack.Folder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What a package.json says.
record NodePackage(JsonNode json) {
    private static final Pattern FIRST = Pattern.compile("[~^>=v\\s]*(\\d{1,4})\\b.*");
    private static final Pattern EVERY = Pattern.compile(".*");
    static final List<String> KINDS = List.of("dependencies", "devDependencies", "optionalDependencies");

    /// Empty when there is none.
    ///
    /// @throws ProblemException when it is no JSON object, saying where
    static Optional<NodePackage> read(Folder folder) {
        return folder.read("package.json").map(text -> {
            if (folder.otherEncoding("package.json").isPresent()) {
                throw broken(
                                "package.json is written in UTF-16, which npm does not read",
                                new Place("package.json", 1, 1))
                        .hint("save it as UTF-8")
                        .exception();
            }
            if (text.isBlank()) {
                throw broken("package.json is empty", new Place("package.json", 1, 1))
                        .hint("`npm init -y` writes one")
                        .exception();
            }
            return new NodePackage(parse(text));
        });
    }

    private static JsonNode parse(String text) {
        try {
            var json = Json.tree(text);
            if (!json.isObject()) {
                throw broken("package.json holds no object", new Place("package.json", 1, 1))
                        .hint("it has to begin with {")
                        .exception();
            }
            return json;
        } catch (ProblemException e) {
            if (!(e.getCause() instanceof JacksonException cause)) {
                throw e;
            }
            var at = cause.getLocation();
            var place = at == null
                    ? Place.of("package.json")
                    : new Place("package.json", Math.max(0, at.getLineNr()), Math.max(0, at.getColumnNr()));
            // Where the reader has its bounds from is no matter of the project's.
            var why = cause.getOriginalMessage().replaceFirst(", from `[^`]*`", "");
            throw broken("package.json is no JSON: " + why, place)
                    .hint("mend it there; often it is a comma too many or too few")
                    .exception();
        }
    }

    private static Problem broken(String message, Place place) {
        return Problem.user("detect.package-json", message).at(place);
    }

    Optional<String> script(String name) {
        return text(json.path("scripts").path(name));
    }

    Optional<String> text(String... path) {
        var node = json;
        for (var name : path) {
            node = node.path(name);
        }
        return text(node);
    }

    private static Optional<String> text(JsonNode node) {
        return node.isString() && !node.asString().isBlank() ? Optional.of(node.asString()) : Optional.empty();
    }

    boolean uses(String name) {
        return json.path("dependencies").has(name)
                || json.path("devDependencies").has(name);
    }

    /// The version of a package that it asks for, as it is written.
    Optional<String> version(String name) {
        return KINDS.stream()
                .flatMap(kind -> text(json.path(kind).path(name)).stream())
                .findFirst();
    }

    /// The first number of a version or of a range; more than any where there is none.
    static int first(String text) {
        var found = FIRST.matcher(text);
        return found.matches() ? Integer.parseInt(found.group(1)) : Integer.MAX_VALUE;
    }

    /// The file of the program that it installs, where it is one alone.
    Optional<String> program() {
        var bin = json.path("bin");
        return bin.isObject() && bin.size() == 1 ? text(bin.iterator().next()) : text(bin);
    }

    /// Whether it does not run without a package.
    boolean needs(String name) {
        return json.path("dependencies").has(name);
    }

    /// The lines of all scripts.
    List<String> scripts() {
        return scripts(EVERY);
    }

    /// The lines of the scripts of such names.
    List<String> scripts(Pattern names) {
        return json.path("scripts").properties().stream()
                .filter(entry -> names.matcher(entry.getKey()).matches())
                .map(entry -> entry.getValue().asString(""))
                .toList();
    }

    /// Names of what it depends on, for development too.
    List<String> dependencies() {
        return KINDS.stream()
                .flatMap(kind -> json.path(kind).properties().stream().map(Map.Entry::getKey))
                .toList();
    }

    /// Whether it is made to be used by other packages.
    boolean isLibrary() {
        return List.of("exports", "module", "types", "files").stream().anyMatch(json::has);
    }

    boolean usesAny(List<String> names) {
        return names.stream().anyMatch(this::uses);
    }

    boolean needsInstall() {
        return KINDS.stream().anyMatch(kind -> !json.path(kind).isEmpty()) || json.has("workspaces");
    }

    /// Empty for what is no JSON.
    static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.of(Json.tree(text));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }
}
