package dev.johwa.source.detect.python;

import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Toml;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The packages that a Python project asks for, and where: in the first of a lock file, a requirements file,
/// pyproject.toml, setup.py or setup.cfg, or the metadata inside its script (PEP 723).
final class PythonPackages {
    private static final List<String> FOR_TESTS = List.of(
            "requirements-dev.txt",
            "requirements-test.txt",
            "requirements-tests.txt",
            "dev-requirements.txt",
            "test-requirements.txt",
            "requirements_dev.txt",
            "requirements_test.txt",
            "requirements/dev.txt",
            "requirements/test.txt",
            "requirements/local.txt");
    static final List<String> FILES = List.of(
            "requirements.txt",
            // Where there are several, that of production takes in the base.
            "requirements/production.txt",
            "requirements/prod.txt",
            "requirements/base.txt",
            "requirements/common.txt",
            "requirements/main.txt",
            "requirements/default.txt",
            "requirements/requirements.txt");
    private static final List<String> TEST_GROUPS = List.of("dev", "test", "tests", "testing");
    private static final Pattern INLINE = Pattern.compile("(?m)^# /// script[ \\t]*\\R((?:#.*\\R)+?)# ///\\s*$");
    private static final Pattern COMMENT = Pattern.compile("(?m)^#");
    private static final Pattern LOCKED = Pattern.compile("(?m)^name = \"([\\w.-]+)\"|^ {8}\"([\\w.-]+)\": \\{");
    private static final Pattern NO_PACKAGE =
            Pattern.compile("(?m)^(package|package-mode|distribution)\\s*=\\s*false\\b");
    private static final Pattern SETUP_LIST = Pattern.compile("(?s)install_requires\\s*=\\s*\\[(.{0,20000}?)]");
    private static final Pattern SETUP_LINES = Pattern.compile("(?m)^install_requires\\s*=(.*(?:\\n[ \\t]+.*)*+)");
    private static final Pattern SETUP_EXTRAS = Pattern.compile("(?s)\\[options\\.extras_require](.*?)(?=\\n\\[|\\z)");
    private static final Pattern QUOTED = Pattern.compile("[\"']([^\"'\\n]+)[\"']");

    private final Folder folder;
    private final Draft draft;
    private final Requirements requirements;
    private final List<String> arguments = new ArrayList<>();
    private final Set<String> files = new LinkedHashSet<>();
    private final Optional<LockTool> lock;
    private final Toml project;
    private boolean isForTests;
    private boolean needsItself;

    /// @param lock what locked the packages
    /// @param draft hears of what cannot be read
    PythonPackages(Folder folder, Optional<LockTool> lock, Draft draft) {
        this.folder = folder;
        this.draft = draft;
        this.requirements = new Requirements(folder);
        this.lock = lock;
        this.project = folder.toml("pyproject.toml");
        var file = folder.first(FILES);
        if (lock.isPresent()) {
            locked(lock.get());
        } else if (file.isPresent()) {
            add(file.get());
        } else if (folder.has("pyproject.toml")) {
            declared();
        }
        if (lock.isEmpty() && (files().isEmpty() || needsItself || saysOnlyHowToBuild())) {
            setup();
        }
        if (files().isEmpty()) {
            inline();
        }
    }

    private void locked(LockTool tool) {
        files.addAll(List.of(tool.manifest(), tool.lock()));
        LOCKED.matcher(folder.start(tool.lock()))
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .forEach(requirements::add);
        project.texts("project.dependencies").forEach(requirements::add);
        folder.toml("Pipfile").keys("packages").forEach(requirements::add);
        folder.toml("Pipfile").keys("dev-packages").forEach(requirements::add);
        folder.first(FILES).ifPresent(file -> draft.because(tool.lock(), "is exact, so " + file + " is not read"));
    }

    private void declared() {
        files.add("pyproject.toml");
        project.texts("project.dependencies").forEach(requirement -> addOne("pyproject.toml", requirement));
        addPoetry("tool.poetry.dependencies");
        needsItself = project.texts("project.dynamic").contains("dependencies");
    }

    /// Of such a pyproject.toml, setup.py or setup.cfg says what is needed.
    private boolean saysOnlyHowToBuild() {
        return files.contains("pyproject.toml") && !project.hasTable("project") && !project.hasTable("tool.poetry");
    }

    /// Poetry's own tables, for a project without its lock.
    private void addPoetry(String table) {
        project.entries(table).forEach((name, value) -> {
            if (!name.equals("python")) {
                var version = value.node().isObject() ? value.texts("version") : value.texts();
                addOne("pyproject.toml", name + Requirements.range(version));
            }
        });
    }

    /// What setuptools is told; it alone knows how to read it all.
    private void setup() {
        for (var file : List.of("setup.py", "setup.cfg")) {
            var text = folder.read(file).orElse("");
            var list = file.equals("setup.py") ? SETUP_LIST.matcher(text) : SETUP_LINES.matcher(text);
            if (folder.has(file) && (file.equals("setup.py") || text.contains("[metadata]"))) {
                files.add(file);
                needsItself = true;
                list.results().map(found -> found.group(1)).forEach(all -> setup(file, all));
            }
        }
    }

    private void setup(String file, String all) {
        if (file.equals("setup.cfg")) {
            all.lines().map(String::strip).forEach(requirements::add);
        } else {
            QUOTED.matcher(all).results().map(found -> found.group(1)).forEach(requirements::add);
        }
    }

    /// Metadata inside a script (PEP 723).
    private void inline() {
        scriptWithMetadata().ifPresent(script -> {
            files.add(script);
            metadata(script).problem().ifPresent(draft::warn);
            metadata(script).texts("dependencies").forEach(requirement -> addOne(script, requirement));
        });
    }

    /// The script at the root that says in itself what it needs; the likeliest where there are several.
    Optional<String> scriptWithMetadata() {
        return folder.files(0, name -> name.endsWith(".py")).stream()
                .filter(name -> folder.says(name, INLINE))
                .min(Comparator.comparing(
                        name -> AppFinder.MAINS.contains(name) ? AppFinder.MAINS.indexOf(name) : Integer.MAX_VALUE));
    }

    private Toml metadata(String script) {
        var text = folder.read(script).orElse("");
        var found = INLINE.matcher(text);
        if (!found.find()) {
            return Toml.read(script, "");
        }
        // As many lines and columns as in the script, so that a problem tells its place.
        var before = text.substring(0, found.start(1)).replaceAll(".", "");
        return Toml.read(script, before + COMMENT.matcher(found.group(1)).replaceAll(" "));
    }

    /// What a script says of its Python.
    Optional<String> scriptsPython() {
        return scriptWithMetadata().flatMap(script -> metadata(script).text("requires-python"));
    }

    /// What only tests need, where the project lists it apart.
    void addForTests() {
        isForTests = true;
        if (lock.isPresent()) {
            return;
        }
        int before = arguments.size();
        FOR_TESTS.stream().filter(folder::has).forEach(this::add);
        if (files.contains("pyproject.toml")) {
            for (var group : TEST_GROUPS) {
                // What a group includes is another one of these, or of no use to tests.
                project.items("dependency-groups." + group).stream()
                        .filter(each -> !each.node().isObject())
                        .flatMap(each -> each.texts().stream())
                        .forEach(each -> addOne("pyproject.toml", each));
                project.texts("project.optional-dependencies." + group).forEach(each -> addOne("pyproject.toml", each));
                addPoetry("tool.poetry.group." + group + ".dependencies");
            }
            addPoetry("tool.poetry.dev-dependencies");
        }
        if (arguments.size() == before && itself().equals(".")) {
            Tox.files(folder).forEach(this::add);
            Tox.deps(folder).forEach(each -> addOne("tox.ini", each));
        }
    }

    private void add(String file) {
        int before = requirements.circles().size();
        int known = requirements.frozen().size();
        boolean asks = requirements.collect(file);
        requirements.circles().stream()
                .skip(before)
                .forEach(circle -> draft.warn(
                        "detect.circle",
                        circle + " includes itself, by way of what it includes: pip follows that without end",
                        "take one of the lines `-r FILE` away"));
        tell(requirements.frozen().stream().skip(known).toList());
        if (asks) {
            arguments.addAll(List.of("-r", file));
            if (folder.read(file).isEmpty()) {
                draft.warn(
                        "detect.unread",
                        file + " is too large to be read here; pip reads it",
                        "name packages there, and nothing else");
            }
        }
    }

    private void tell(List<Frozen> found) {
        var told = new LinkedHashSet<String>();
        for (var line : found) {
            var like = found.stream()
                    .filter(other -> other.kind() == line.kind() && other.file().equals(line.file()))
                    .toList();
            if (line.kind() != Frozen.Kind.CONDA || told.add(line.file())) {
                draft.warn(line.problem(like));
            }
        }
    }

    private void addOne(String file, String requirement) {
        if (requirements.add(requirement)) {
            arguments.add(requirement);
        } else {
            draft.warn(
                    "detect.requirement",
                    file + " asks for '" + requirement + "', which is no package; it is left out",
                    "a requirement begins with the name of a package");
        }
    }

    /// Options of the lock's tool that choose what tests need too, or leave that out.
    List<String> groups() {
        var groups = new ArrayList<String>();
        for (var group : TEST_GROUPS) {
            boolean isGroup =
                    says("dependency-groups." + group) || says("tool.poetry.group." + group + ".dependencies");
            boolean isExtra = says("project.optional-dependencies." + group);
            switch (lock.orElseThrow()) {
                case UV -> addIf(groups, isGroup, "--group " + group, isExtra, "--extra " + group);
                case POETRY -> addIf(groups, isGroup, "--with " + group, isExtra, "--extras " + group);
                case PDM, PIPENV -> {}
            }
        }
        if (says("tool.poetry.dev-dependencies") && lock.orElseThrow() == LockTool.POETRY) {
            groups.add("--with dev");
        }
        return isForTests ? forTests(groups) : withoutTests();
    }

    private static void addIf(List<String> groups, boolean isGroup, String group, boolean isExtra, String extra) {
        if (isGroup) {
            groups.add(group);
        }
        if (isExtra) {
            groups.add(extra);
        }
    }

    private List<String> forTests(List<String> groups) {
        return lock.orElseThrow() == LockTool.PIPENV ? List.of("--dev") : List.copyOf(groups);
    }

    private List<String> withoutTests() {
        return switch (lock.orElseThrow()) {
            case UV -> List.of("--no-default-groups");
            case PDM -> List.of("--prod");
            case POETRY, PIPENV -> List.of();
        };
    }

    private boolean says(String table) {
        return !project.texts(table).isEmpty() || project.hasTable(table);
    }

    /// Whether the project is a package that its author installs beside what it needs.
    boolean isPackage() {
        boolean hasBuild = says("build-system") || folder.has("setup.py");
        boolean isAsked = lock.isPresent() || files.contains("pyproject.toml");
        return needsItself || hasBuild && isAsked && !folder.says("pyproject.toml", NO_PACKAGE);
    }

    /// Whether only installing the project itself brings what it needs.
    boolean needsItself() {
        return needsItself;
    }

    /// What pip is asked for to install the project itself, with what only its tests need.
    String itself() {
        var extras = TEST_GROUPS.stream()
                .filter(group -> isForTests && hasExtra(group))
                .collect(Collectors.joining(","));
        return extras.isEmpty() ? "." : "'.[" + extras + "]'";
    }

    private boolean hasExtra(String name) {
        var extra = Pattern.compile("(?m)^" + name + "\\s*=");
        return folder.says(
                        "setup.py", Pattern.compile("\\bextras_require\\b(?s:.{0,20000}?)[\"']" + name + "[\"']\\s*:"))
                || SETUP_EXTRAS
                        .matcher(folder.read("setup.cfg").orElse(""))
                        .results()
                        .anyMatch(extras -> extra.matcher(extras.group(1)).find());
    }

    boolean isEmpty() {
        return requirements.names().isEmpty() && arguments.isEmpty() && !needsItself;
    }

    boolean has(String name) {
        return requirements.names().contains(name);
    }

    boolean hasAny(List<String> wanted) {
        return wanted.stream().anyMatch(this::has);
    }

    /// What pyproject.toml says; nothing where there is none.
    Toml project() {
        return project;
    }

    Optional<LockTool> lock() {
        return lock;
    }

    boolean isLocked() {
        return lock.filter(tool -> folder.has(tool.lock())).isPresent();
    }

    /// Versions of what is asked for in one version, where no lock says all of them.
    Map<String, String> exact() {
        return isLocked() ? Map.of() : requirements.exact();
    }

    /// Holds a package that others bring along to versions that they work with.
    void hold(String requirement) {
        if (!arguments.contains(requirement)) arguments.add(requirement);
    }

    /// For `pip install`.
    List<String> arguments() {
        return List.copyOf(arguments);
    }

    /// What pip reads in place of the requirements files, where those hold on one machine only.
    RequirementsCopy copy() {
        return new RequirementsCopy(
                requirements.read().stream()
                        .filter(file -> folder.read(file).isPresent())
                        .toList(),
                requirements.frozen());
    }

    /// The files that decide what is installed.
    List<String> files() {
        var all = new LinkedHashSet<>(files);
        all.addAll(requirements.read());
        return List.copyOf(all);
    }

    /// The file that names the packages, for a person.
    Optional<String> manifest() {
        return files().stream().findFirst();
    }
}
