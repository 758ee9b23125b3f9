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
        for (var each : TOML.readTree(text).path("package")) {
            boolean isOwn = ecosystem == Ecosystem.CARGO
                    ? each.path("source").isMissingNode()
                    : each.path("source").has("virtual") || each.path("source").has("editable");
            var name = each.path("name").asString("");
            var version = each.path("version").asString("");
            if (!isOwn && !version.isEmpty()) {
                finding.add(ecosystem, ecosystem == Ecosystem.PYPI ? Purl.pypi(name) : name, version);
            }
        }
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
