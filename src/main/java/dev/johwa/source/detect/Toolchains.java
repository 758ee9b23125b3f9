package dev.johwa.source.detect;

import dev.johwa.source.detect.version.PlainVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/// The language runtimes on this machine with their versions. What was found is kept until one of the folders that were
/// looked into changes. Safe for use by many threads.
///
/// Versions are read from names and release files; a program is asked only where nothing else tells.
public final class Toolchains {
    /// Where version tools keep runtimes, below the home of the user, by tool.
    private static final Map<String, List<String>> KEPT = Map.of(
            "python",
            List.of(
                    ".pyenv/versions",
                    ".asdf/installs/python",
                    ".local/share/mise/installs/python",
                    ".local/share/uv/python",
                    ".rye/py"),
            "node",
            List.of(
                    ".nvm/versions/node",
                    ".local/share/fnm/node-versions",
                    ".volta/tools/image/node",
                    ".fnm/node-versions",
                    ".nodenv/versions",
                    ".asdf/installs/nodejs",
                    ".local/share/mise/installs/node"),
            "go",
            List.of(
                    ".goenv/versions",
                    "sdk",
                    "go/pkg/mod/golang.org",
                    ".asdf/installs/golang",
                    ".local/share/mise/installs/go"),
            "java",
            List.of(
                    ".sdkman/candidates/java",
                    ".asdf/installs/java",
                    ".local/share/mise/installs/java",
                    ".jabba/jdk",
                    ".gradle/jdks",
                    ".jdks"),
            "maven",
            List.of(".sdkman/candidates/maven", ".asdf/installs/maven", ".local/share/mise/installs/maven"),
            "gradle",
            List.of(".sdkman/candidates/gradle", ".asdf/installs/gradle", ".local/share/mise/installs/gradle"),
            "sbt",
            List.of(".sdkman/candidates/sbt", ".asdf/installs/sbt", ".local/share/mise/installs/sbt"),
            "cargo",
            List.of(".rustup/toolchains"),
            "ruby",
            List.of(".rbenv/versions", ".rubies", ".asdf/installs/ruby", ".local/share/mise/installs/ruby"),
            "elixir",
            List.of(".asdf/installs/elixir", ".local/share/mise/installs/elixir"));

    /// Where the system keeps them.
    private static final Map<String, List<String>> SYSTEM = Map.of(
            "java",
            List.of("/usr/lib/jvm", "/opt", "/usr/local"),
            "node",
            List.of("/usr/local/n/versions/node"),
            "cargo",
            List.of("/usr/local/rustup/toolchains", "/opt/rustup/toolchains"));

    /// What asdf calls them, where that differs.
    private static final Map<String, String> PLUGINS = Map.of("node", "nodejs", "go", "golang");

    private static final Map<String, String> PROGRAMS = Map.of("python", "python3", "maven", "mvn");
    /// How a program is asked for its version, where that is not `--version`.
    private static final Map<String, String> QUESTIONS =
            Map.of("go", "version", "hugo", "version", "zig", "version", "elixir", "--short-version");

    /// Where a version tool writes down which of those it keeps is meant, and how.
    private static final Map<String, Usual> USUAL = Map.of(
            "python",
            new Usual(".pyenv/version", Pattern.compile("(\\S+)")),
            "cargo",
            new Usual(".rustup/settings.toml", Pattern.compile("default_toolchain = \"([^\"]+)\"")));

    private static final Pattern GRADLE_CORE = Pattern.compile("^gradle-core(-api)?-\\d.*\\.jar$");
    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+");

    /// Versions by their age.
    public static final Comparator<String> ORDER = PlainVersion.ORDER;

    private final List<Path> path;
    private final Path home;
    private final Optional<Path> store;
    private final Asking asking;
    private final Map<String, Looked> looked = new ConcurrentHashMap<>();

    /// @param path folders of programs, in order
    /// @param home of the server's user, below which version tools keep runtimes
    /// @param asking runs a program for its version
    public Toolchains(List<Path> path, Path home, Asking asking) {
        this(path, home, Optional.empty(), asking);
    }

    /// @param store where fetched runtimes are kept: `TOOL/VERSION`
    public Toolchains(List<Path> path, Path home, Optional<Path> store, Asking asking) {
        this.store = store;
        this.path = List.copyOf(path);
        this.home = home;
        this.asking = asking;
    }

    /// Asks a program for its version; empty when it does not say.
    @FunctionalInterface
    public interface Asking {
        /// @param argv the program and how to ask it: `go version`
        Optional<String> firstLine(List<String> argv);
    }

    /// A runtime that can be started.
    ///
    /// @param name `python`, `node`, `java`, `go`, `maven`, `cargo`, or the program's own: `ruby`, `php`, `cmake`
    /// @param version as the tool says it: `3.11.7`, `25.0.3`
    /// @param program the real file, not a shim (a pyenv shim costs 100 ms a call)
    /// @param home the folder that holds the whole runtime, to be shown to a sandbox
    public record Tool(String name, String version, Path program, Path home) {
        public Path bin() {
            return program.resolve("..").normalize();
        }
    }

    private record Usual(String file, Pattern pattern) {}

    private record Looked(List<Long> stamp, List<Tool> tools) {}

    /// All versions of a tool: first the one that a person here gets who just types its name, then the others, newest
    /// first. Java has no such first one: all by their age.
    public List<Tool> find(String name) {
        var stamp = folders(name).stream().map(Toolchains::changed).toList();
        return looked.compute(
                        name,
                        (each, known) ->
                                known != null && known.stamp().equals(stamp) ? known : new Looked(stamp, look(each)))
                .tools();
    }

    /// The one that a person here gets, or the newest.
    public Optional<Tool> first(String name) {
        return find(name).stream().findFirst();
    }

    private List<Path> folders(String name) {
        var folders = new ArrayList<>(path);
        kept(name).forEach(folders::add);
        Optional.ofNullable(USUAL.get(name)).ifPresent(usual -> folders.add(home.resolve(usual.file())));
        return folders;
    }

    private Stream<Path> kept(String name) {
        return Stream.of(
                        KEPT.getOrDefault(name, List.of()).stream().map(home::resolve),
                        beside(name),
                        SYSTEM.getOrDefault(name, List.of()).stream().map(Path::of),
                        store.stream().map(folder -> folder.resolve(name)))
                .flatMap(each -> each)
                .distinct();
    }

    /// A folder of shims on the PATH tells where its version tool keeps what it stands for, wherever that is.
    private Stream<Path> beside(String name) {
        return path.stream()
                .filter(folder -> folder.endsWith("shims"))
                .map(Path::getParent)
                .flatMap(root -> Stream.of(
                        root.resolve("versions"),
                        root.resolve("installs").resolve(name),
                        root.resolve("installs").resolve(PLUGINS.getOrDefault(name, name))));
    }

    private static long changed(Path path) {
        try {
            return Files.getLastModifiedTime(path).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    private List<Tool> look(String name) {
        var onPath = onPath(name);
        var kept = new ArrayList<>(kept(name)
                .flatMap(folder -> children(folder).stream())
                .flatMap(root -> kept(name, root).stream())
                .toList());
        kept.sort(Comparator.comparing(Tool::version, PlainVersion.ORDER).reversed());
        var tools = new LinkedHashMap<Path, Tool>();
        usual(name, kept).ifPresent(tool -> tools.put(tool.program(), tool));
        if (name.equals("java")) {
            kept.addAll(onPath);
            kept.sort(Comparator.comparing(Tool::version, PlainVersion.ORDER).reversed());
        } else if (!name.equals("python")) {
            onPath.forEach(tool -> tools.putIfAbsent(tool.program(), tool));
        }
        kept.forEach(tool -> tools.putIfAbsent(tool.program(), tool));
        onPath.forEach(tool -> tools.putIfAbsent(tool.program(), tool));
        return List.copyOf(tools.values());
    }

    /// The version that the version tool's own file names.
    private Optional<Tool> usual(String name, List<Tool> kept) {
        var usual = USUAL.get(name);
        if (usual == null || !Files.isRegularFile(home.resolve(usual.file()))) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(home.resolve(usual.file()))) {
            return lines.map(usual.pattern()::matcher)
                    .filter(found -> found.find())
                    .findFirst()
                    .flatMap(version -> kept.stream()
                            .filter(tool -> tool.home().endsWith(version.group(1)))
                            .findFirst());
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /// A runtime in a folder that is named by its version.
    private Optional<Tool> kept(String name, Path root) {
        if (Files.isSymbolicLink(root)) {
            return Optional.empty();
        }
        for (var place : List.of(root, root.resolve("installation"), root.resolve("go"))) {
            var program = place.resolve("bin").resolve(PROGRAMS.getOrDefault(name, name));
            if (Files.isExecutable(program) && isWhole(name, place)) {
                return written(name, place)
                        .or(() -> first(VERSION, root.getFileName().toString()))
                        .or(() -> asked(name, program))
                        .map(version -> new Tool(name, version, program, place));
            }
        }
        return Optional.empty();
    }

    /// A Java without a compiler builds nothing.
    private static boolean isWhole(String name, Path root) {
        return !name.equals("java") || Files.isExecutable(root.resolve("bin/javac"));
    }

    private List<Tool> onPath(String name) {
        var tools = new ArrayList<Tool>();
        for (var folder : path) {
            var file = folder.resolve(PROGRAMS.getOrDefault(name, name));
            if (!Files.isExecutable(file) || Files.isDirectory(file) || isShim(folder)) {
                continue;
            }
            var program = real(file);
            var root = root(program);
            if (isWhole(name, root) && !program.endsWith("rustup")) {
                written(name, root)
                        .or(() -> asked(name, program))
                        .ifPresent(version -> tools.add(new Tool(name, version, program, root)));
            }
        }
        return tools;
    }

    private static boolean isShim(Path folder) {
        return folder.endsWith("shims") || folder.endsWith(".volta/bin");
    }

    /// The version that a file of the runtime itself tells.
    private static Optional<String> written(String name, Path root) {
        return switch (name) {
            case "java" ->
                line(root.resolve("release"), "JAVA_VERSION=")
                        .map(value -> value.replace("\"", "").replaceFirst("^1\\.(?=[5-8]\\b)", ""));
            case "go" -> line(root.resolve("VERSION"), "go");
            case "node" -> {
                var header = root.resolve("include/node/node_version.h");
                yield line(header, "#define NODE_MAJOR_VERSION ")
                        .flatMap(major -> line(header, "#define NODE_MINOR_VERSION ")
                                .flatMap(minor -> line(header, "#define NODE_PATCH_VERSION ")
                                        .map(patch -> major + "." + minor + "." + patch)));
            }
            case "maven" ->
                children(root.resolve("lib")).stream()
                        .filter(file -> file.getFileName().toString().startsWith("maven-core-"))
                        .flatMap(jar -> written(jar).stream())
                        .findFirst();
            case "gradle" ->
                children(root.resolve("lib")).stream()
                        .flatMap(file -> first(GRADLE_CORE, file.getFileName().toString()).stream())
                        .flatMap(jar -> first(VERSION, jar).stream())
                        .findFirst();
            case String _ -> Optional.empty();
        };
    }

    /// The version that Maven wrote into a jar of its own.
    private static Optional<String> written(Path jar) {
        try (var zip = new ZipFile(jar.toFile())) {
            var entry = zip.getEntry("META-INF/maven/org.apache.maven/maven-core/pom.properties");
            if (entry == null) {
                return Optional.empty();
            }
            var properties = new Properties();
            try (var input = zip.getInputStream(entry)) {
                properties.load(input);
            }
            return Optional.ofNullable(properties.getProperty("version"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> line(Path file, String start) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private Optional<String> asked(String name, Path program) {
        var question = QUESTIONS.getOrDefault(name, "--version");
        return asking.firstLine(List.of(program.toString(), question)).flatMap(line -> first(VERSION, line));
    }

    private static Optional<String> first(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        return found.find() ? Optional.of(found.group()) : Optional.empty();
    }

    /// The folder above `bin`.
    private static Path root(Path program) {
        var bin = program.resolve("..").normalize();
        return bin.endsWith("bin") ? bin.resolve("..").normalize() : bin;
    }

    private static Path real(Path program) {
        try {
            return program.toRealPath();
        } catch (IOException e) {
            return program;
        }
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
