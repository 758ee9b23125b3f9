package dev.johwa.source.detect.stack;

import static java.util.Map.entry;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.detect.version.Syntax;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Where people write which version of a runtime a project needs. The order is the same for every one: first the files
/// that say what the team itself runs (one number), then manifests that say what would do (a range).
final class VersionFiles {
    /// What a file says.
    record Written(String file, String text, Syntax syntax) {}

    /// One place where a version may be written.
    @FunctionalInterface
    private interface Place {
        Stream<Written> read(Folder folder);
    }

    private static final Pattern COMMENT = Pattern.compile("(?:#|//).*");
    private static final Pattern PIPFILE_NUMBER = Pattern.compile("\\d+(\\.\\d+)*");

    private static final Map<String, List<Place>> ORDER = Map.ofEntries(
            entry(
                    "node",
                    List.of(
                            line(".nvmrc", Syntax.NODE),
                            line(".node-version", Syntax.NODE),
                            toolVersions(Syntax.NODE, "nodejs", "node"),
                            mise(Syntax.NODE, "node", "nodejs"),
                            json("package.json", Syntax.NPM, "volta", "node"),
                            VersionFiles::developmentEngine,
                            json("package.json", Syntax.NPM, "engines", "node"))),
            entry(
                    "python",
                    List.of(
                            found(".python-version", Syntax.PYTHON, "\\A\\s*+([<>=!~][^#\\r\\n]*)"),
                            found(
                                    ".python-version",
                                    Syntax.PIN,
                                    "(?m)^[ \\t]*+(?:python-|cpython@)?([^#\\s<>=!~][^#\\s]*)"),
                            found("runtime.txt", Syntax.PIN, "(?m)^[ \\t]*+python-(\\S+)"),
                            toolVersions(Syntax.PIN, "python"),
                            mise(Syntax.PIN, "python"),
                            VersionFiles::pipfile,
                            toml("pyproject.toml", Syntax.PYTHON, "project.requires-python"),
                            toml("pyproject.toml", Syntax.POETRY, "tool.poetry.dependencies.python"),
                            found("setup.cfg", Syntax.PYTHON, "(?m)^python_requires\\s*=\\s*(\\S.*)"),
                            found("setup.py", Syntax.PYTHON, "\\bpython_requires\\s*=\\s*[\"']([^\"']+)[\"']"),
                            // Where nothing else says it: what its author runs it with.
                            found(
                                    "Dockerfile",
                                    Syntax.PIN,
                                    "(?mi)^[ \\t]*+FROM\\s+(?:\\S+/)?python:(\\d+(?:\\.\\d+)*)"))),
            entry(
                    "java",
                    List.of(
                            line(".java-version", Syntax.JAVA),
                            found(".sdkmanrc", Syntax.JAVA, "(?m)^[ \\t]*+java\\s*=\\s*(\\S+)"),
                            toolVersions(Syntax.JAVA, "java"),
                            mise(Syntax.JAVA, "java"),
                            found(
                                    "system.properties",
                                    Syntax.JAVA,
                                    "(?m)^[ \\t]*+java\\.runtime\\.version\\s*[=:]\\s*(\\S+)"),
                            found(
                                    "gradle/gradle-daemon-jvm.properties",
                                    Syntax.JAVA,
                                    "(?m)^toolchainVersion\\s*=\\s*(\\d+)"),
                            gradle(
                                    Syntax.JAVA,
                                    "JavaLanguageVersion\\.of\\(\\s*[\"']?(\\d+)|\\bjvmToolchain\\(\\s*(\\d+)"),
                            gradle(
                                    Syntax.JAVA_LEAST,
                                    "\\b(?:sourceCompatibility|options\\.release)\\s*(?:=|\\.set\\()?\\s*"
                                            + "(?:JavaVersion\\.(?:VERSION_|toVersion\\()?)?[\"']?(\\d+(?:[._]\\d+)?)"))),
            entry(
                    "go",
                    List.of(
                            line(".go-version", Syntax.PIN),
                            toolVersions(Syntax.PIN, "golang", "go"),
                            mise(Syntax.PIN, "go", "golang"),
                            found("go.work", Syntax.LEAST, "(?m)^toolchain\\s+go(\\S+)"),
                            found("go.work", Syntax.LEAST, "(?m)^go\\s+(\\S+)"),
                            found("go.mod", Syntax.LEAST, "(?m)^toolchain\\s+go(\\S+)"),
                            found("go.mod", Syntax.LEAST, "(?m)^go\\s+(\\S+)"))),
            entry(
                    "rust",
                    List.of(
                            found(
                                    "rust-toolchain.toml",
                                    Syntax.PIN,
                                    "(?m)^[ \\t]*+channel\\s*=\\s*[\"'](\\d[^\"']*)[\"']"),
                            found(
                                    "rust-toolchain",
                                    Syntax.PIN,
                                    "(?m)^[ \\t]*+(?:channel\\s*=\\s*[\"'])?(\\d[^\"'\\s]*)"),
                            toolVersions(Syntax.PIN, "rust"),
                            mise(Syntax.PIN, "rust"),
                            toml("Cargo.toml", Syntax.LEAST, "package.rust-version"),
                            toml("Cargo.toml", Syntax.LEAST, "workspace.package.rust-version"))),
            entry(
                    "ruby",
                    List.of(
                            found(".ruby-version", Syntax.PIN, "(?m)^[ \\t]*+(?:ruby-)?([^#\\s]+)"),
                            toolVersions(Syntax.PIN, "ruby"),
                            mise(Syntax.PIN, "ruby"),
                            VersionFiles::gemfile)),
            entry(
                    "php",
                    List.of(
                            line(".php-version", Syntax.PIN),
                            toolVersions(Syntax.PIN, "php"),
                            mise(Syntax.PIN, "php"),
                            json("composer.json", Syntax.COMPOSER, "config", "platform", "php"),
                            json("composer.json", Syntax.COMPOSER, "require", "php"))),
            entry(
                    "elixir",
                    List.of(
                            line(".elixir-version", Syntax.PIN),
                            found(
                                    "elixir_buildpack.config",
                                    Syntax.PIN,
                                    "(?m)^[ \\t]*+elixir_version\\s*=\\s*v?(\\d\\S*)"),
                            toolVersions(Syntax.PIN, "elixir"),
                            mise(Syntax.PIN, "elixir"),
                            found("mix.exs", Syntax.ELIXIR, "\\belixir:\\s*\"([^\"]+)\""))),
            entry("dotnet", List.of(VersionFiles::globalJson)),
            entry(
                    "deno",
                    List.of(line(".dvmrc", Syntax.PIN), toolVersions(Syntax.PIN, "deno"), mise(Syntax.PIN, "deno"))),
            entry(
                    "bun",
                    List.of(
                            line(".bun-version", Syntax.PIN),
                            toolVersions(Syntax.PIN, "bun"),
                            mise(Syntax.PIN, "bun"),
                            json("package.json", Syntax.NPM, "engines", "bun"))),
            entry(
                    "maven",
                    List.of(
                            found(".sdkmanrc", Syntax.PIN, "(?m)^[ \\t]*+maven\\s*=\\s*(\\S+)"),
                            toolVersions(Syntax.PIN, "maven"),
                            mise(Syntax.PIN, "maven"))),
            entry(
                    "gradle",
                    List.of(
                            found(".sdkmanrc", Syntax.PIN, "(?m)^[ \\t]*+gradle\\s*=\\s*(\\S+)"),
                            toolVersions(Syntax.PIN, "gradle"),
                            mise(Syntax.PIN, "gradle"))));

    private VersionFiles() {}

    /// What is written about a tool, the most telling first.
    static List<Written> written(String tool, Folder folder) {
        return ORDER.getOrDefault(tool, List.of()).stream()
                .flatMap(place -> place.read(folder))
                .toList();
    }

    /// A file with nothing but a version, and perhaps comments.
    private static Place line(String file, Syntax syntax) {
        return folder -> folder.read(file).stream()
                .flatMap(String::lines)
                .map(text -> COMMENT.matcher(text).replaceFirst("").strip())
                .filter(text -> !text.isEmpty())
                .limit(1)
                .map(text -> new Written(file, text, syntax));
    }

    /// The first group of the pattern that took part.
    private static Place found(String file, Syntax syntax, String pattern) {
        var compiled = Pattern.compile(pattern);
        return folder -> folder.read(file).map(compiled::matcher).filter(found -> found.find()).stream()
                .flatMap(found -> Stream.iterate(1, group -> group + 1)
                        .limit(found.groupCount())
                        .flatMap(group -> Stream.ofNullable(found.group(group)))
                        .limit(1))
                .map(text -> new Written(file, text.strip(), syntax));
    }

    private static Place gradle(Syntax syntax, String pattern) {
        return folder -> Stream.of("build.gradle.kts", "build.gradle", "app/build.gradle.kts", "app/build.gradle")
                .flatMap(file -> found(file, syntax, pattern).read(folder))
                .limit(1)
                .map(written -> new Written(written.file(), written.text().replace('_', '.'), syntax));
    }

    /// asdf's and mise's file: a tool and its versions, of which the first is meant.
    private static Place toolVersions(Syntax syntax, String... names) {
        return folder -> folder.read(".tool-versions").stream()
                .flatMap(String::lines)
                .map(text -> COMMENT.matcher(text).replaceFirst("").strip().split("\\s+"))
                .filter(words -> words.length > 1 && List.of(names).contains(words[0]))
                .map(words -> new Written(".tool-versions", words[1], syntax))
                .filter(VersionFiles::isNumber)
                .limit(1);
    }

    /// `node = "22"`, `["22", "20"]` or `{version = "22"}` below `[tools]`.
    private static Place mise(Syntax syntax, String... names) {
        return folder -> Stream.of("mise.toml", ".mise.toml", "mise/config.toml", ".config/mise.toml")
                .filter(folder::has)
                .flatMap(file -> {
                    var toml = folder.toml(file);
                    return Stream.of(names)
                            .flatMap(name -> Stream.of("tools." + name, "tools." + name + ".version"))
                            .flatMap(path -> toml.text(path).stream())
                            .map(text -> new Written(file, text.replaceFirst("^prefix:", ""), syntax));
                })
                .filter(VersionFiles::isNumber)
                .limit(1);
    }

    /// What these tools understand beside numbers (`latest`, `system`, `path:…`) asks for none in particular.
    private static boolean isNumber(Written written) {
        return !written.text().matches("latest|system|path:.*|ref:.*|sub-.*");
    }

    private static Place toml(String file, Syntax syntax, String path) {
        return folder -> folder.toml(file).text(path).stream().map(text -> new Written(file, text, syntax));
    }

    private static Place json(String file, Syntax syntax, String... path) {
        return folder -> text(tree(folder, file), path).stream()
                .filter(text -> !text.isBlank())
                .map(text -> new Written(file, text, syntax));
    }

    /// A manifest that is broken is told by the provider that reads it.
    private static Optional<JsonNode> tree(Folder folder, String file) {
        try {
            return folder.read(file).filter(text -> !text.isBlank()).map(Json::tree);
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Optional<JsonNode> json, String... path) {
        return json.map(root -> {
                    var node = root;
                    for (var name : path) {
                        node = node.path(name);
                    }
                    return node;
                })
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue);
    }

    /// `devEngines.runtime`: one, or a list of which one may be Node.js.
    private static Stream<Written> developmentEngine(Folder folder) {
        return tree(folder, "package.json").stream()
                .map(json -> json.path("devEngines").path("runtime"))
                .flatMap(node -> node.isArray() ? node.valueStream() : Stream.of(node))
                .filter(node ->
                        text(Optional.of(node), "name").filter("node"::equals).isPresent())
                .flatMap(node -> text(Optional.of(node), "version").stream())
                .limit(1)
                .map(text -> new Written("package.json", text, Syntax.NPM));
    }

    private static Stream<Written> pipfile(Folder folder) {
        var toml = folder.toml("Pipfile");
        return toml.text("requires.python_full_version").or(() -> toml.text("requires.python_version")).stream()
                .map(text -> new Written(
                        "Pipfile", text, PIPFILE_NUMBER.matcher(text).matches() ? Syntax.PIN : Syntax.PYTHON));
    }

    private static Stream<Written> gemfile(Folder folder) {
        var line = Pattern.compile("(?m)^[ \\t]*+ruby\\s*+(?:\\(\\s*+)?((?:[\"'][^\"']+[\"']\\s*+(?:,\\s*+)?)++)");
        return folder.read("Gemfile").map(line::matcher).filter(found -> found.find()).stream()
                .map(found -> found.group(1).replaceAll("[\"']", "").strip().replaceFirst(",$", ""))
                .map(text -> new Written("Gemfile", text, Syntax.RUBY));
    }

    private static Stream<Written> globalJson(Folder folder) {
        var json = tree(folder, "global.json");
        return text(json, "sdk", "version").stream()
                .map(version -> version
                        + text(json, "sdk", "rollForward")
                                .map(policy -> " " + policy)
                                .orElse(""))
                .map(text -> new Written("global.json", text, Syntax.DOTNET));
    }
}
