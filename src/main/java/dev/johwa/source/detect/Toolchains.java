package dev.johwa.source.detect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The language runtimes on this machine with their versions; looked up once and kept. Safe for use by many threads.
///
/// Versions are read from names and release files; a program is asked only where nothing else tells.
public final class Toolchains {
    private final List<Path> path;
    private final Path home;
    private final Asking asking;
    private final Map<String, List<Tool>> found = new ConcurrentHashMap<>();

    /// @param path folders of programs, in order
    /// @param home of the server's user, below which version tools keep runtimes
    /// @param asking runs a program for its version
    public Toolchains(List<Path> path, Path home, Asking asking) {
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
    /// @param name `python`, `node`, `java`, `go`, `maven`
    /// @param version as the tool says it: `3.11.7`, `25.0.3`
    /// @param program the real file, not a shim (a pyenv shim costs 100 ms a call)
    /// @param home the folder that holds the whole runtime, to be shown to a sandbox
    public record Tool(String name, String version, Path program, Path home) {
        public Path bin() {
            return program.resolve("..").normalize();
        }
    }

    /// All versions of a tool, best first.
    public List<Tool> find(String name) {
        return found.computeIfAbsent(name, this::look);
    }

    /// The best one that fits what the project asks for: a version or the start of one (`3.11`, `20`), `>=3.10`, `^20`,
    /// `~3.11`, `20.x`. Several conditions stand side by side; `||` separates choices.
    public Optional<Tool> choose(String name, Optional<String> wanted) {
        return find(name).stream()
                .filter(tool -> wanted.isEmpty() || Versions.fits(tool.version(), wanted.get()))
                .findFirst();
    }

    private List<Tool> look(String name) {
        var tools = new LinkedHashMap<Path, Tool>();
        var candidates = switch (name) {
            case "python" -> pythons();
            case "java" -> javas();
            case "node" -> inFolders(name, "node", "--version");
            case "go" -> inFolders(name, "go", "version");
            case "maven" -> mavens();
            case String other -> inFolders(other, other, "--version");
        };
        candidates.forEach(tool -> tools.putIfAbsent(tool.program(), tool));
        return List.copyOf(tools.values());
    }

    private List<Tool> pythons() {
        var tools = new ArrayList<Tool>();
        for (var root : children(home.resolve(".pyenv/versions"))) {
            var program = root.resolve("bin/python3");
            if (Files.isExecutable(program)) {
                tools.add(new Tool("python", root.getFileName().toString(), program, root));
            }
        }
        tools.sort(Comparator.comparing(Tool::version, Versions.ORDER).reversed());
        for (var folder : path) {
            var program = folder.resolve("python3");
            if (Files.isExecutable(program) && !folder.toString().contains("/shims")) {
                var real = real(program);
                asked("python", real, "--version").ifPresent(tools::add);
            }
        }
        return tools;
    }

    private List<Tool> javas() {
        var tools = new ArrayList<Tool>();
        for (var place : List.of(Path.of("/usr/lib/jvm"), Path.of("/opt"), home.resolve(".sdkman/candidates/java"))) {
            for (var root : children(place)) {
                if (Files.isSymbolicLink(root) || !Files.isExecutable(root.resolve("bin/javac"))) {
                    continue;
                }
                release(root)
                        .ifPresent(version -> tools.add(new Tool("java", version, root.resolve("bin/java"), root)));
            }
        }
        tools.sort(Comparator.comparing(Tool::version, Versions.ORDER).reversed());
        return tools;
    }

    /// From the file `release` that every JDK has.
    private static Optional<String> release(Path root) {
        try (Stream<String> lines = Files.lines(root.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.substring("JAVA_VERSION=".length()).replace("\"", ""))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private List<Tool> mavens() {
        var tools = new ArrayList<Tool>();
        for (var folder : path) {
            var program = folder.resolve("mvn");
            if (Files.isExecutable(program)) {
                var real = real(program);
                var root = real.resolve("../..").normalize();
                tools.add(new Tool("maven", mavenVersion(root), real, root));
            }
        }
        return tools;
    }

    private static String mavenVersion(Path root) {
        return children(root.resolve("lib")).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.matches("maven-core(-\\d.*)?\\.jar|maven3-core.*\\.jar"))
                .map(name -> name.replaceAll("[^0-9]*(\\d[0-9.]*\\d)?.*", "$1"))
                .filter(version -> !version.isEmpty())
                .findFirst()
                .orElse("3");
    }

    private List<Tool> inFolders(String name, String program, String question) {
        var tools = new ArrayList<Tool>();
        for (var folder : path) {
            var file = folder.resolve(program);
            if (Files.isExecutable(file) && !folder.toString().contains("/shims")) {
                asked(name, real(file), question).ifPresent(tools::add);
            }
        }
        return tools;
    }

    private Optional<Tool> asked(String name, Path program, String question) {
        return asking.firstLine(List.of(program.toString(), question)).flatMap(line -> {
            var version = Pattern.compile("\\d+(\\.\\d+)+").matcher(line);
            return version.find()
                    ? Optional.of(new Tool(name, version.group(), program, root(program)))
                    : Optional.empty();
        });
    }

    /// The folder above `bin`; for the system's own programs the folder of the program, which every sandbox shows.
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

    static List<Path> children(Path folder) {
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
