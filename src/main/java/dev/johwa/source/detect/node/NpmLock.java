package dev.johwa.source.detect.node;

import dev.johwa.source.detect.stack.Folder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What npm's own lock file lacks. `npm ci` refuses such a file as a whole, and npm itself writes some: it leaves out
/// what only other machines install. Old locks do not say enough; of one too large to read only its beginning counts.
final class NpmLock {
    private static final Pattern ROOT = Pattern.compile("\"packages\"\\s*:\\s*\\{\\s*\"\"\\s*:\\s*\\{");
    private static final String MODULES = "node_modules/";
    private static final int HEAD = 200_000;

    private NpmLock() {}

    /// Packages that it has in another version than package.json asks for, or not at all; else those that one of its
    /// own packages needs and that it does not have.
    static List<String> lacks(String file, Folder folder, NodePackage manifest) {
        var different = different(folder.start(file), manifest.json());
        return different.isEmpty()
                ? folder.read(file)
                        .flatMap(NodePackage::parsed)
                        .map(json -> missing(json.path("packages")))
                        .orElse(List.of())
                : different;
    }

    private static List<String> different(String lock, JsonNode manifest) {
        var start = ROOT.matcher(lock.substring(0, Math.min(HEAD, lock.length())));
        var root = start.find() ? object(lock, start.end() - 1) : Optional.<JsonNode>empty();
        if (root.isEmpty()) {
            return List.of();
        }
        var different = new ArrayList<String>();
        for (var kind : NodePackage.KINDS) {
            for (var entry : manifest.path(kind).properties()) {
                var locked = root.get().path(kind).path(entry.getKey()).asString("");
                var asked = entry.getValue().asString("");
                if (!locked.equals(asked)) {
                    different.add(
                            entry.getKey() + " (" + asked + ", locked: " + (locked.isEmpty() ? "no" : locked) + ")");
                }
            }
        }
        return different;
    }

    /// The object that begins there; its text ends where its braces close.
    private static Optional<JsonNode> object(String text, int start) {
        int depth = 0;
        boolean inText = false;
        for (int i = start; i < Math.min(text.length(), start + HEAD); i++) {
            char letter = text.charAt(i);
            if (inText) {
                i += letter == '\\' ? 1 : 0;
                inText = letter != '"';
            } else if (letter == '"') {
                inText = true;
            } else if (letter == '{') {
                depth++;
            } else if (letter == '}' && --depth == 0) {
                return NodePackage.parsed(text.substring(start, i + 1));
            }
        }
        return Optional.empty();
    }

    private static List<String> missing(JsonNode packages) {
        return packages.properties().stream()
                .flatMap(entry -> needs(entry.getValue()).filter(name -> !isThere(packages, entry.getKey(), name)))
                .distinct()
                .toList();
    }

    private static Stream<String> needs(JsonNode entry) {
        return Stream.of("dependencies", "optionalDependencies")
                .flatMap(kind -> entry.path(kind).propertyNames().stream());
    }

    /// Where Node.js would look for it: beside the package that needs it, then further and further up.
    private static boolean isThere(JsonNode packages, String from, String name) {
        var place = from;
        while (!place.isEmpty()) {
            if (packages.has(place + "/" + MODULES + name)) {
                return true;
            }
            int above = place.lastIndexOf("/" + MODULES);
            place = above < 0 ? "" : place.substring(0, above);
        }
        return packages.has(MODULES + name);
    }
}
