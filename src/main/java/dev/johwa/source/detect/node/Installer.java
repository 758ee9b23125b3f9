package dev.johwa.source.detect.node;

import java.util.List;
import java.util.regex.Pattern;

/// The tools that install packages, and how each is spoken to.
enum Installer {
    BUN("bun", "bun", List.of("bun.lock", "bun.lockb")),
    PNPM("pnpm", "pnpm", List.of("pnpm-lock.yaml")),
    /// Yarn since its second version.
    BERRY("yarn", "@yarnpkg/cli-dist", List.of("yarn.lock")),
    YARN("yarn", "yarn", List.of("yarn.lock")),
    NPM("npm", "npm", List.of("package-lock.json", "npm-shrinkwrap.json"));

    private static final Pattern RUN_HERE = Pattern.compile(
            "(pre|post)?(install|prepare|build|heroku-postbuild|test|lint|start|serve)(:(?!dev|watch).*)?");

    /// As people call it.
    final String program;
    /// Its name in npm's registry.
    final String packageName;

    final List<String> locks;

    /// A line of a shell that calls it.
    final Pattern call;

    Installer(String program, String packageName, List<String> locks) {
        this.program = program;
        this.packageName = packageName;
        this.locks = locks;
        this.call = Pattern.compile("(^|[\\s;&|(])" + program + "x?(?=\\s|$)");
    }

    /// Whether a script calls it that is run here: to install, test, build or start.
    boolean isCalled(NodePackage manifest) {
        return manifest.scripts(RUN_HERE).stream()
                .anyMatch(line -> call.matcher(line).find());
    }

    /// The words that install everything, for development too: tests and builds need it.
    ///
    /// @param isLocked whether to install what the lock file says and nothing else
    List<String> install(boolean isLocked) {
        return switch (this) {
            case NPM -> List.of(isLocked ? "ci" : "install", "--include=dev", "--no-audit", "--no-fund");
            // Its own guess puts the store beside the project when that is mounted by itself, and into the artifact.
            case PNPM ->
                List.of(
                        "install",
                        isLocked ? "--frozen-lockfile" : "--no-frozen-lockfile",
                        "--prod=false",
                        "--store-dir=~/.local/share/pnpm/store");
            // It alone refuses packages that run on another Node.js, before anybody could see on which.
            case YARN ->
                isLocked
                        ? List.of(
                                "install",
                                "--frozen-lockfile",
                                "--production=false",
                                "--non-interactive",
                                "--ignore-engines")
                        : List.of("install", "--production=false", "--non-interactive", "--ignore-engines");
            case BERRY -> List.of("install", isLocked ? "--immutable" : "--no-immutable");
            case BUN -> isLocked ? List.of("install", "--frozen-lockfile") : List.of("install");
        };
    }

    /// The same for the npm of an old Node.js, which knows `--include` since its 15th version and `ci` since its 8th.
    List<String> install(boolean isLocked, int node) {
        return this == NPM && node < 15
                ? List.of(isLocked && node >= 8 ? "ci" : "install", "--production=false")
                : install(isLocked);
    }

    /// The words that make it work in another folder.
    List<String> in(String folder) {
        return switch (this) {
            case NPM -> List.of("--prefix", folder);
            case PNPM -> List.of("-C", folder);
            case YARN, BERRY -> List.of("--cwd", folder);
            case BUN -> List.of("--cwd=" + folder);
        };
    }
}
