package dev.johwa.source.detect.node;

import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.stack.Draft;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How a package is tested and linted: by its own scripts with what waits for a person left out, else by the runner
/// that it depends on, else by Node's own where files look like tests.
final class NodeTests {
    private static final Pattern TEST_FILE = Pattern.compile(
            "(.*/)?([^/]+[._-](test|spec)|test|test-[^/]+)\\.[cm]?[jt]sx?|(.*/)?(test|__tests__)/.*\\.[cm]?[jt]sx?");
    private static final Pattern NONE = Pattern.compile(
            "(?i).*no tests? (specified|yet|defined).*|\\s*(echo\\b[^&|;]*(&&\\s*)?)?(exit\\s+[01])?\\s*|true");
    private static final Pattern ANGULAR = Pattern.compile("\\bng\\s+(test|t)\\b");
    private static final Pattern BROWSER =
            Pattern.compile("^(?:(?:vite|ember|npm run) build[^&|;]*&&\\s*)?(?:npx |pnpm (?:exec )?|yarn )?"
                    + "(playwright test|cypress (run|open)|wdio|testcafe|nightwatch|karma start"
                    + "|testem ci|ember (test|exam)|web-test-runner|wtr\\b)");
    /// A script that another one calls; of `start-server-and-test start http://localhost:3000 cy:run` the last word.
    private static final Pattern CALLED = Pattern.compile(
            "\\b(?:(?:start-server-and-test|start-test|server-test) [^&|;]*[ \"']|npm run(?:-script)? |(?:yarn|pnpm|bun)(?: run)? )"
                    + "([\\w:.-]+)[\"']?\\s*(?=$|&&)");
    private static final Pattern LINTS = Pattern.compile("(?:npm run(?:-script)?|(?:yarn|pnpm|bun)(?: run)?) lint");
    private static final Pattern LINTS_FIRST = Pattern.compile("^" + LINTS.pattern() + "\\s*&&\\s*");
    private static final Pattern LINTS_LAST = Pattern.compile("\\s*&&\\s*" + LINTS.pattern() + "$");
    private static final Pattern RUNS_FILE = Pattern.compile(
            "(?:[A-Z_]+=\\S+ |cross-env )*(?:node|tsx|ts-node|bun) (\\w[\\w./-]*\\.[cm]?[jt]s)(?: .*)?");
    private static final Pattern ASSERTS = Pattern.compile("[\"'](?:node:)?assert(?:/strict)?[\"']");
    /// Words of runners, of which a plain file knows nothing, and of programs that stay up.
    private static final Pattern ELSEWHERE = Pattern.compile("\\b(?:describe|it|test|suite)\\(|\\.listen\\(");
    private static final int MOST_FILES = 200;

    /// By what a runner is known in a line, and what it is called here; the first that is there counts.
    private static final List<Map.Entry<String, String>> RUNNERS = List.of(
            Map.entry("vitest", "vitest"),
            Map.entry("jest", "jest"),
            Map.entry("-scripts test", "jest"),
            Map.entry("mocha", "mocha"),
            Map.entry("ava", "ava"),
            Map.entry("tape", "tap"),
            Map.entry("bun test", "bun"),
            Map.entry("--test", "node"));

    private final NodeProject project;
    private final Installation installation;
    private final Draft draft;

    NodeTests(NodeProject project, Installation installation, Draft draft) {
        this.project = project;
        this.installation = installation;
        this.draft = draft;
    }

    static boolean isTest(String file) {
        return TEST_FILE.matcher(file).matches();
    }

    void write() {
        var scripts = Stream.of("test", "test:ci", "test:unit", "unit")
                .filter(name -> project.manifest()
                        .script(name)
                        .filter(line -> !NONE.matcher(line).matches()
                                && !LINTS.matcher(line.strip()).matches())
                        .isPresent())
                .toList();
        var browsed = scripts.stream().takeWhile(this::needsBrowser).toList();
        browsed.forEach(this::tellBrowser);
        var script = scripts.stream().skip(browsed.size()).findFirst();
        if (project.uses("cypress")) {
            // Its program is fetched at every install, and nothing here runs it.
            draft.buildEnvironment.put("CYPRESS_INSTALL_BINARY", "0");
        }
        if (!browsed.isEmpty() && script.isEmpty()) {
            lint();
            return;
        }
        if (script.isPresent()) {
            script(script.get(), project.manifest().script(script.get()).orElseThrow());
        } else {
            files();
        }
        lint();
    }

    private void script(String name, String line) {
        var missing = missing(name, line);
        if (missing.isPresent()) {
            draft.warn(
                    "detect.tests-missing",
                    "scripts." + name + " runs " + missing.get() + ", which is not in this commit: no tests are run",
                    "commit it (see .gitignore)");
            return;
        }
        draft.because("package.json", "scripts." + name);
        var calm = Calm.of(withoutLint(line));
        var report = RunnerReport.of(calm);
        var command = needsInstaller(name, line) && Calm.isAlone(line)
                ? installation.script(name, report.map(RunnerReport::words).orElse(List.of()))
                : Draft.shell(report.map(each -> each.added(calm)).orElse(calm));
        draft.test.add(new Test(command, runner(calm), report.map(RunnerReport::file)));
    }

    /// Itself, or a script that it calls.
    private boolean needsBrowser(String name) {
        var line = project.manifest().script(name).orElseThrow();
        return BROWSER.matcher(line).find()
                || ANGULAR.matcher(line).find() && !isAngularOnNode()
                || CALLED.matcher(line)
                        .results()
                        .flatMap(found -> project.manifest().script(found.group(1)).stream())
                        .anyMatch(called -> BROWSER.matcher(called).find());
    }

    private void tellBrowser(String name) {
        draft.warn(
                "detect.browser-tests",
                "scripts." + name + " (" + project.manifest().script(name).orElseThrow()
                        + ") needs a browser, which is not here: it is not run",
                "add a `test:` line to johwa.yaml once the server has one");
    }

    /// The file that the script runs at once, where it is not there: what a registry publishes often has no tests.
    private Optional<String> missing(String name, String line) {
        var file = RUNS_FILE.matcher(line);
        boolean isMadeBefore = project.manifest().script("pre" + name).isPresent();
        return file.matches() && !isMadeBefore && !project.folder().has(file.group(1))
                ? Optional.of(file.group(1))
                : Optional.empty();
    }

    /// The script `lint` is run beside the deployment and is no gate: it is not run a second time as a test.
    private String withoutLint(String line) {
        if (project.manifest().script("lint").isEmpty()) {
            return line;
        }
        var first = LINTS_FIRST.matcher(line.strip()).replaceFirst("");
        var without = LINTS_LAST.matcher(first).replaceFirst("");
        if (without.length() < line.strip().length()) {
            draft.because("package.json", "lint is run beside the deployment, and not by the tests too");
        }
        return without;
    }

    private boolean isAngularOnNode() {
        return project.folder().read("angular.json").orElse("").contains(":unit-test\"");
    }

    static String runner(String line) {
        return RUNNERS.stream()
                .filter(runner -> line.contains(runner.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("other");
    }

    /// The script as it is written, without an installer between when nothing in it needs one.
    private List<String> run(String name, String line) {
        return needsInstaller(name, line) ? installation.script(name, List.of()) : Draft.shell(line);
    }

    private boolean needsInstaller(String name, String line) {
        return project.manifest()
                        .script("pre" + name)
                        .filter(before -> !LINTS.matcher(before.strip()).matches())
                        .isPresent()
                || project.manifest().script("post" + name).isPresent()
                || line.contains("npm_");
    }

    private void files() {
        var files = project.folder().files(NodeTests::isTest);
        if (files.isEmpty()) {
            return;
        }
        var known = Stream.of("vitest", "jest", "mocha", "ava")
                .filter(project::uses)
                .findFirst();
        var command = switch (known.orElse("")) {
            case "vitest" -> List.of("vitest", "run");
            case "jest" -> List.of("jest");
            case "mocha" -> List.of("mocha");
            case "ava" -> List.of("ava", "--tap");
            case String _ -> node(files);
        };
        if (!command.isEmpty()) {
            draft.because(files.getFirst(), "has tests for " + known.orElse("Node's own runner"));
            var report = RunnerReport.of(String.join(" ", command));
            var words = Stream.of(command, report.map(RunnerReport::words).orElse(List.of()))
                    .flatMap(List::stream)
                    .toList();
            draft.test.add(new Test(words, known.orElse("node"), report.map(RunnerReport::file)));
        }
    }

    /// Those that are for Node's own runner are named: what it looks for by itself may be a program that stays up, and
    /// it looks for none in TypeScript. Without a program for that, these are no tests of its.
    private List<String> node(List<String> files) {
        var its = files.stream()
                .filter(file -> isOfNode(project.folder().read(file).orElse("")))
                .toList();
        var plain = its.stream().filter(file -> file.matches(".*\\.[cm]?js")).toList();
        if (!plain.isEmpty()) {
            return words(List.of("node", "--test", "--test-reporter=tap"), plain, files);
        }
        boolean isTyped = !its.isEmpty() && project.uses("tsx");
        return isTyped
                ? words(List.of("node", "--import", "tsx", "--test", "--test-reporter=tap"), its, List.of())
                : List.of();
    }

    /// By its runner, or a plain file that ends where something is not so.
    private static boolean isOfNode(String text) {
        return text.contains("node:test")
                || ASSERTS.matcher(text).find() && !ELSEWHERE.matcher(text).find();
    }

    /// @param all that the runner would find by itself; where these are all, it need not be told
    private static List<String> words(List<String> command, List<String> files, List<String> all) {
        return files.equals(all)
                ? command
                : Stream.concat(command.stream(), files.stream().limit(MOST_FILES))
                        .toList();
    }

    /// A linter that mends would change what is built after it: it only looks.
    private void lint() {
        project.manifest()
                .script("lint")
                .filter(line -> !NONE.matcher(line).matches())
                .ifPresent(line -> {
                    var looking = line.replaceAll("\\s--fix\\b", "").replaceAll("\\s--write\\b", " --check");
                    draft.lint.add(looking.equals(line) ? run("lint", line) : Draft.shell(looking));
                    draft.because("package.json", "scripts.lint");
                });
    }
}
