package dev.johwa.source.detect.python;

import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.stack.Folder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds the tests of a Python project and what runs them: pytest where the project uses it, else the
/// standard library.
final class PythonTests {
    private static final Pattern FILE = Pattern.compile("(.*/)?(test[^/]*|[^/]*_test|tests)\\.py");
    private static final Pattern TEST = Pattern.compile("(?m)^\\s*(async\\s+)?def test");
    private static final Pattern FUNCTION = Pattern.compile("(?m)^(async\\s+)?def test|^import pytest|^from pytest");
    private static final Pattern CONFIGURED = Pattern.compile("(?m)^\\[(tool:)?pytest]|^\\[tool\\.pytest");
    /// Where artifacts leave it out.
    private static final String REPORT = ".pytest_cache/junit.xml";

    private static final List<String> CONFIGURATIONS =
            List.of("pytest.ini", ".pytest.ini", "pyproject.toml", "setup.cfg", "tox.ini");
    /// Without a plugin that it is set up with, pytest refuses its own options, or passes over tests.
    private static final Map<String, Pattern> PLUGINS = Map.of(
            "pytest-cov", Pattern.compile("(?m)^[^#\\n]*--(no-)?cov\\b"),
            "pytest-asyncio", Pattern.compile("asyncio_mode|pytest\\.mark\\.asyncio|import pytest_asyncio"),
            "pytest-django", Pattern.compile("(?m)^\\s*(DJANGO_SETTINGS_MODULE\\s*=|@pytest\\.mark\\.django_db)"),
            "pytest-xdist", Pattern.compile("(?m)^[^#\\n]*addopts[^#\\n]*[\"' ]-n[ =\"']"));
    private static final int MOST_FOLDERS = 10;
    private static final int MOST_READ = 300;

    private PythonTests() {}

    /// Adds the test commands, and the packages they need.
    static void add(Folder folder, PythonProject python) {
        var files = folder.files(name -> FILE.matcher(name).matches()).stream()
                .limit(MOST_READ)
                .filter(name -> folder.says(name, TEST))
                .toList();
        if (files.isEmpty()) {
            return;
        }
        python.installForTests();
        if (usesPytest(folder, python, files)) {
            pytest(folder, python, files);
        } else if (!python.manage().isEmpty()) {
            django(python);
        } else {
            unittest(folder, python, files);
        }
    }

    private static boolean usesPytest(Folder folder, PythonProject python, List<String> files) {
        return python.packages().hasAny(List.of("pytest", "pytest-django"))
                || folder.has("pytest.ini")
                || folder.has("conftest.py")
                || folder.has("tests/conftest.py")
                || folder.says("pyproject.toml", CONFIGURED)
                || folder.says("setup.cfg", CONFIGURED)
                || folder.says("tox.ini", CONFIGURED)
                || files.stream().anyMatch(name -> folder.says(name, FUNCTION));
    }

    /// Django looks below the folder in which it is started; it is told where its project lies.
    private static void django(PythonProject python) {
        var words = new ArrayList<>(List.of(python.program(), python.manage(), "test", "--noinput"));
        if (python.manage().contains("/")) {
            words.add(python.manage().substring(0, python.manage().lastIndexOf('/')));
        }
        python.draft().test.add(test(List.copyOf(words), "django"));
    }

    private static void pytest(Folder folder, PythonProject python, List<String> files) {
        python.bring("pytest", "the tests are written for it");
        PLUGINS.forEach((plugin, sign) -> {
            if (Stream.concat(CONFIGURATIONS.stream(), files.stream()).anyMatch(file -> folder.says(file, sign))) {
                python.bring(plugin, "pytest is set up with it");
            }
        });
        var words = List.of(
                python.program(),
                "-m",
                "pytest",
                "-rfE",
                "--tb=short",
                "-p",
                "no:cacheprovider",
                "--junit-xml=" + REPORT);
        python.draft().test.add(new Test(words, "pytest", Optional.of(REPORT)));
        // Where coverage is measured, its file does not become part of the artifact.
        python.draft().testEnvironment.put("COVERAGE_FILE", "/tmp/coverage");
    }

    private static Test test(List<String> command, String runner) {
        return new Test(command, runner, Optional.empty());
    }

    /// One command for what is found from the root, and one for each folder that is no package of its own.
    private static void unittest(Folder folder, PythonProject python, List<String> files) {
        var starts = new TreeSet<String>();
        var patterns = new TreeSet<String>();
        for (var file : files) {
            starts.add(start(folder, file));
            var name = file.substring(file.lastIndexOf('/') + 1);
            patterns.add(name.startsWith("test") ? "test*.py" : "*_test.py");
        }
        starts.stream()
                .limit(MOST_FOLDERS)
                .forEach(start -> patterns.forEach(pattern -> {
                    var words = new ArrayList<>(List.of(python.program(), "-m", "unittest"));
                    boolean isPlain = start.equals(".") && pattern.equals("test*.py");
                    if (!isPlain) {
                        words.add("discover");
                    }
                    words.add("-v");
                    if (!start.equals(".")) {
                        words.addAll(List.of("-s", start));
                    }
                    if (!pattern.equals("test*.py")) {
                        words.addAll(List.of("-p", pattern));
                    }
                    boolean finds = files.stream()
                            .anyMatch(file -> start(folder, file).equals(start)
                                    && file.substring(file.lastIndexOf('/') + 1).startsWith("test")
                                            == pattern.startsWith("test"));
                    if (finds) {
                        python.draft().test.add(test(List.copyOf(words), "unittest"));
                    }
                }));
    }

    /// The folder from which unittest reaches a file: up through packages, to the root if they go so far.
    private static String start(Folder folder, String file) {
        var place = file.contains("/") ? file.substring(0, file.lastIndexOf('/')) : ".";
        while (!place.equals(".") && folder.has(place + "/__init__.py")) {
            place = place.contains("/") ? place.substring(0, place.lastIndexOf('/')) : ".";
        }
        return place;
    }
}
