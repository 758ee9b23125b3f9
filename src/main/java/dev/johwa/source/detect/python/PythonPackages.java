package dev.johwa.source.detect.python;

import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Toml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The packages that a Python project asks for, in requirements files or in pyproject.toml, with the arguments that
/// make
/// pip install them.
final class PythonPackages {
    static final List<String> FOR_TESTS = List.of(
            "requirements-dev.txt",
            "requirements-test.txt",
            "requirements-tests.txt",
            "dev-requirements.txt",
            "test-requirements.txt",
            "requirements_dev.txt",
            "requirements/dev.txt",
            "requirements/test.txt");
    private static final List<String> FILES = List.of(
            "requirements.txt", "requirements/base.txt", "requirements/production.txt", "requirements/prod.txt");
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*)");
    private static final Pattern INCLUDE = Pattern.compile("(?:-r|--requirement)[\\s=]+(\\S+)");
    private static final Pattern INSTALLED =
            Pattern.compile("(?:-e|--editable)\\s.*|(?:git|hg|https?|file)[+:].*|\\.{1,2}/.*");
    private static final int MOST_FILES = 20;

    private final Folder folder;
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> read = new LinkedHashSet<>();
    private final List<String> arguments = new ArrayList<>();
    private final Optional<Toml> project;

    PythonPackages(Folder folder) {
        this.folder = folder;
        this.project = folder.read("pyproject.toml").map(Toml::read);
        var file = folder.first(FILES);
        file.ifPresent(this::add);
        if (file.isEmpty()) {
            project.ifPresent(toml -> toml.texts("project.dependencies").forEach(this::addOne));
            project.ifPresent(this::addPoetry);
        }
    }

    /// What only tests need, where the project lists it apart.
    void addForTests() {
        FOR_TESTS.stream().filter(folder::has).forEach(this::add);
        if (!read.contains("requirements.txt")) {
            project.ifPresent(toml -> {
                for (var group : List.of("dev", "test", "tests", "testing")) {
                    toml.texts("dependency-groups." + group).forEach(this::addOne);
                    toml.texts("project.optional-dependencies." + group).forEach(this::addOne);
                }
            });
        }
    }

    private void add(String file) {
        int before = names.size();
        if (collect(file)) {
            boolean isNew = names.size() > before;
            if (isNew) {
                arguments.addAll(List.of("-r", file));
            }
        }
    }

    /// Only names: pip reads the file by itself.
    private boolean collect(String file) {
        if (read.size() >= MOST_FILES || !read.add(file)) {
            return false;
        }
        folder.read(file)
                .ifPresent(text -> text.lines().map(String::strip).forEach(line -> {
                    var include = INCLUDE.matcher(line);
                    if (include.matches()) {
                        var parent = file.contains("/") ? file.substring(0, file.lastIndexOf('/') + 1) : "";
                        collect(Path.of(parent + include.group(1)).normalize().toString());
                    } else if (INSTALLED.matcher(line).matches()) {
                        names.add(line);
                    } else {
                        name(line);
                    }
                }));
        return true;
    }

    private void addOne(String requirement) {
        name(requirement);
        arguments.add(requirement);
    }

    private void name(String requirement) {
        var name = NAME.matcher(requirement);
        if (name.lookingAt()) {
            names.add(plain(name.group(1)));
        }
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
    }

    /// Poetry's own table: a version with a caret in its words, in pip's.
    private void addPoetry(Toml toml) {
        for (var key : toml.keys("tool.poetry.dependencies")) {
            if (!key.equals("python") && !key.contains(".")) {
                var version = toml.texts("tool.poetry.dependencies." + key);
                addOne(key + (version.isEmpty() ? "" : range(version.getFirst())));
            }
        }
    }

    private static String range(String version) {
        if (version.startsWith("^")) {
            var numbers = version.substring(1).split("\\.");
            int first = numbers[0].matches("\\d{1,8}") ? Integer.parseInt(numbers[0]) : 0;
            var bound = first > 0 || numbers.length == 1 ? String.valueOf(first + 1) : "1";
            return ">=" + version.substring(1) + ",<" + bound;
        }
        if (version.startsWith("~") && !version.startsWith("~=")) {
            return "~=" + version.substring(1)
                    + (version.chars().filter(letter -> letter == '.').count() > 1 ? "" : ".0");
        }
        if (version.matches("\\d[0-9.]*")) {
            return "==" + version;
        }
        return version.matches("[<>=!~].*") ? version : "";
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    boolean has(String name) {
        return names.contains(name);
    }

    boolean hasAny(List<String> wanted) {
        return wanted.stream().anyMatch(names::contains);
    }

    Optional<Toml> project() {
        return project;
    }

    /// For `pip install`.
    List<String> arguments() {
        return List.copyOf(arguments);
    }

    /// The files that decide what is installed.
    List<String> files() {
        var files = new ArrayList<>(read);
        if (project.isPresent()) {
            files.add("pyproject.toml");
        }
        return files;
    }

    /// The file that names the packages, for a person.
    Optional<String> manifest() {
        return read.stream().filter(folder::has).findFirst().or(() -> project.map(toml -> "pyproject.toml"));
    }
}
