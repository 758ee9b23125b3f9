package dev.johwa.build.bill;

import dev.johwa.build.bill.Component.Use;
import dev.johwa.lib.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Lock files of npm and bun, and what lies in `node_modules`.
///
/// Sources of the forms: npm's documentation of package-lock.json (versions 1 to 3), bun's text lock file.
final class NodeFiles {
    private static final String MODULES = "node_modules/";
    private static final int DEEPEST = 100;
    private static final List<String> NEEDS =
            List.of("dependencies", "devDependencies", "optionalDependencies", "peerDependencies");
    private static final Pattern BUN =
            Pattern.compile("\\s+\"[^\"]+\": \\[\"((?:@[^/\"]+/)?[^@\"]+)@([0-9][^\"]*)\".*");

    private NodeFiles() {}

    static void npm(String text, Finding finding) {
        var tree = Json.tree(text);
        var packages = tree.path("packages");
        if (!packages.isObject()) {
            nested(tree.path("dependencies"), finding, 0);
            return;
        }
        var ways = ways(packages);
        packages.properties().forEach(entry -> {
            int at = entry.getKey().lastIndexOf(MODULES);
            if (at >= 0 && !entry.getValue().path("link").asBoolean(false)) {
                var name = entry.getKey().substring(at + MODULES.length());
                add(name, entry.getValue(), ways.to(entry.getKey()), finding);
            }
        });
    }

    /// By the places where Node.js looks for a package, which the keys are.
    private static Ways ways(JsonNode packages) {
        var ways = new Ways();
        var asked = new ArrayList<String>();
        packages.properties().forEach(entry -> {
            var needed = NEEDS.stream()
                    .flatMap(kind -> entry.getValue().path(kind).propertyNames().stream())
                    .map(name -> place(packages, entry.getKey(), name))
                    .toList();
            int at = entry.getKey().lastIndexOf(MODULES);
            if (at >= 0) {
                ways.add(entry.getKey(), entry.getKey().substring(at + MODULES.length()), needed);
            } else {
                asked.addAll(needed);
            }
        });
        ways.from(asked);
        return ways;
    }

    private static String place(JsonNode packages, String from, String name) {
        for (var folder = from; ; folder = folder.substring(0, Math.max(0, folder.lastIndexOf('/')))) {
            var place = (folder.isEmpty() ? "" : folder + "/") + MODULES + name;
            if (folder.isEmpty() || packages.has(place)) {
                return place;
            }
        }
    }

    private static void nested(JsonNode dependencies, Finding finding, int depth) {
        if (depth < DEEPEST) {
            dependencies.properties().forEach(entry -> {
                add(entry.getKey(), entry.getValue(), Optional.empty(), finding);
                nested(entry.getValue().path("dependencies"), finding, depth + 1);
            });
        }
    }

    private static void add(String key, JsonNode entry, Optional<List<String>> through, Finding finding) {
        // An alias lies under another name than its own.
        var name = entry.path("name").asString(key);
        var use =
                entry.path("dev").asBoolean(false) || entry.path("devOptional").asBoolean(false)
                        ? Use.EXCLUDED
                        : entry.path("optional").asBoolean(false) ? Use.OPTIONAL : Use.REQUIRED;
        var version = entry.path("version").asString("");
        if (!version.isEmpty() && !version.contains(":")) {
            finding.add(Component.of(Ecosystem.NPM, name, version)
                    .licensed(licences(entry))
                    .used(use)
                    .through(through));
        }
    }

    /// `package.json` of something installed.
    static void installed(String text, Finding finding) {
        var tree = Json.tree(text);
        var version = tree.path("version").asString("");
        if (!version.isEmpty() && tree.path("name").isString()) {
            finding.add(Component.of(Ecosystem.NPM, tree.path("name").asString(), version)
                    .licensed(licences(tree)));
        }
    }

    /// `MIT`, and as packages of long ago have it: `{"type": "MIT"}`, or a list of these.
    private static List<String> licences(JsonNode entry) {
        var licence = entry.path("license");
        if (licence.isString()) {
            return Licences.of(licence.asString());
        }
        if (licence.isObject()) {
            return Licences.of(licence.path("type").asString(""));
        }
        return entry.path("licenses")
                .valueStream()
                .flatMap(each -> Licences.of(each.path("type").asString("")).stream())
                .toList();
    }

    static void bun(String text, Finding finding) {
        text.lines()
                .map(BUN::matcher)
                .filter(Matcher::matches)
                .forEach(found -> finding.add(Ecosystem.NPM, found.group(1), found.group(2)));
    }
}
