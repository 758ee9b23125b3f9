package dev.johwa.build.bill;

import dev.johwa.build.bill.Component.Use;
import dev.johwa.lib.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// Lock files of uv, Poetry, PDM, Pipenv, cargo (the same form as Poetry's), requirements with exact versions, and
/// metadata of what is installed (core metadata, PEP 566 and 639).
final class PythonFiles {
    private static final TomlMapper TOML = new TomlMapper();
    private static final Pattern PIN =
            Pattern.compile("\\s*([A-Za-z0-9][A-Za-z0-9._-]*)\\s*(?:\\[[^]]*])?\\s*={2,3}\\s*([^\\s;#\\\\,*]+).*");
    private static final String CLASSIFIER = "License :: OSI Approved :: ";

    private PythonFiles() {}

    /// `[[package]]` with name and version: uv.lock, poetry.lock, pdm.lock, Cargo.lock. What has no source or one in
    /// the repository is the project itself.
    static void toml(String text, Ecosystem ecosystem, Finding finding) {
        var packages = TOML.readTree(text).path("package");
        var ways = ways(packages, ecosystem);
        for (var each : packages) {
            var name = name(each, ecosystem);
            var version = each.path("version").asString("");
            if (!isOwn(each, ecosystem) && !version.isEmpty()) {
                var way = ways.to(id(name, version)).or(() -> ways.to(name));
                finding.add(Component.of(ecosystem, name, version).through(way));
            }
        }
    }

    private static boolean isOwn(JsonNode entry, Ecosystem ecosystem) {
        return ecosystem == Ecosystem.CARGO
                ? entry.path("source").isMissingNode()
                : entry.path("source").has("virtual") || entry.path("source").has("editable");
    }

    private static String name(JsonNode entry, Ecosystem ecosystem) {
        var name = entry.path("name").asString("");
        return ecosystem == Ecosystem.PYPI ? Purl.pypi(name) : name;
    }

    private static String id(String name, String version) {
        return name + " " + version;
    }

    /// Those of uv and cargo name what the project itself asks for, the others only who needs whom; a need has a
    /// version where there are several.
    private static Ways ways(JsonNode packages, Ecosystem ecosystem) {
        var ways = new Ways();
        var asked = new ArrayList<String>();
        for (var each : packages) {
            var needed = new ArrayList<>(dependencies(each.path("dependencies"), ecosystem));
            each.path("optional-dependencies")
                    .forEach(group -> group.forEach(need -> needed.add(need(need, ecosystem))));
            if (isOwn(each, ecosystem)) {
                each.path("dev-dependencies")
                        .forEach(group -> group.forEach(need -> needed.add(need(need, ecosystem))));
                asked.addAll(needed);
            } else {
                var name = name(each, ecosystem);
                ways.add(id(name, each.path("version").asString("")), name, needed);
                ways.add(name, name, needed);
            }
        }
        ways.from(asked.isEmpty() ? ways.unneeded() : asked);
        return ways;
    }

    /// Poetry has a table by name.
    private static List<String> dependencies(JsonNode dependencies, Ecosystem ecosystem) {
        return dependencies.isObject()
                ? dependencies.propertyNames().stream().map(Purl::pypi).toList()
                : dependencies.valueStream().map(need -> need(need, ecosystem)).toList();
    }

    /// `serde`, `serde 1.0.1`, `serde 1.0.1 (registry+…)`, `werkzeug>=3.0`, or a table with name and version.
    private static String need(JsonNode need, Ecosystem ecosystem) {
        if (need.isString()) {
            return ecosystem == Ecosystem.CARGO
                    ? need.asString().replaceFirst(" \\(.*", "")
                    : Purl.pypi(need.asString().replaceFirst("[^A-Za-z0-9._-].*", ""));
        }
        var name = name(need, ecosystem);
        var version = need.path("version").asString("");
        return version.isEmpty() ? name : id(name, version);
    }

    static void pipfile(String text, Finding finding) {
        var tree = Json.tree(text);
        pins(tree.path("default"), Use.REQUIRED, finding);
        pins(tree.path("develop"), Use.EXCLUDED, finding);
    }

    private static void pins(JsonNode packages, Use use, Finding finding) {
        packages.properties().forEach(entry -> {
            var version = entry.getValue().path("version").asString("");
            if (version.startsWith("==")) {
                finding.add(Component.of(Ecosystem.PYPI, Purl.pypi(entry.getKey()), version.replaceFirst("^=+", ""))
                        .used(use));
            }
        });
    }

    static void requirements(String text, Finding finding) {
        text.lines().map(PIN::matcher).forEach(found -> {
            if (found.matches()) {
                finding.add(Ecosystem.PYPI, Purl.pypi(found.group(1)), found.group(2));
            }
        });
    }

    /// `METADATA` of what is installed; ends with the first empty line.
    static void installed(String text, Finding finding) {
        var name = "";
        var version = "";
        var expression = List.<String>of();
        var licence = List.<String>of();
        var classified = new ArrayList<String>();
        for (var line : text.lines().takeWhile(each -> !each.isEmpty()).toList()) {
            int colon = line.indexOf(": ");
            var value = line.substring(colon + 1).strip();
            switch (colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "name" -> name = Purl.pypi(value);
                case "version" -> version = value;
                case "license-expression" -> expression = Licences.of(value);
                case "license" -> licence = Licences.of(value);
                case "classifier" -> {
                    if (value.startsWith(CLASSIFIER)) {
                        classified.addAll(Licences.of(value.substring(CLASSIFIER.length())));
                    }
                }
                default -> {}
            }
        }
        var words = !expression.isEmpty() ? expression : !licence.isEmpty() ? licence : classified;
        if (!name.isEmpty()) {
            finding.add(Component.of(Ecosystem.PYPI, name, version).licensed(words));
        }
    }
}
