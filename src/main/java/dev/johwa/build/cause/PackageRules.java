package dev.johwa.build.cause;

import java.util.List;

/// Lock files, manifests, and packages that do not fit.
final class PackageRules {
    private static final List<Rule> ALL = List.of(
            new Rule(
                    "lock.out-of-sync",
                    "package-lock\\.json or npm-shrinkwrap\\.json are in sync",
                    "package-lock.json does not fit package.json",
                    "npm install && git add package-lock.json && git commit"),
            new Rule(
                    "lock.missing",
                    "`npm ci` command can only install with an existing package-lock\\.json",
                    "there is no package-lock.json",
                    "npm install && git add package-lock.json && git commit"),
            new Rule(
                    "lock.out-of-sync",
                    "ERR_PNPM_OUTDATED_LOCKFILE",
                    "pnpm-lock.yaml does not fit package.json",
                    "pnpm install && git add pnpm-lock.yaml && git commit"),
            new Rule(
                    "lock.missing",
                    "ERR_PNPM_NO_LOCKFILE",
                    "there is no pnpm-lock.yaml",
                    "pnpm install && git add pnpm-lock.yaml && git commit"),
            new Rule(
                    "lock.out-of-sync",
                    "lockfile needs to be updated, but yarn was run|YN0028|lockfile would have been modified by this install",
                    "yarn.lock does not fit package.json",
                    "yarn install && git add yarn.lock && git commit"),
            new Rule(
                    "lock.out-of-sync",
                    "lockfile had changes, but lockfile is frozen",
                    "bun.lock does not fit package.json",
                    "bun install && git add bun.lock && git commit"),
            new Rule(
                    "lock.out-of-sync",
                    "pyproject\\.toml changed significantly since poetry\\.lock|poetry\\.lock is not up to date",
                    "poetry.lock does not fit pyproject.toml",
                    "poetry lock && git add poetry.lock && git commit"),
            new Rule(
                    "lock.out-of-sync",
                    "[Tt]he lockfile at `uv\\.lock` needs to be updated",
                    "uv.lock does not fit pyproject.toml",
                    "uv lock && git add uv.lock && git commit"),
            new Rule(
                    "lock.out-of-sync",
                    "Your Pipfile\\.lock .*out of date|Pipfile\\.lock is out of date",
                    "Pipfile.lock does not fit Pipfile",
                    "pipenv lock && git add Pipfile.lock && git commit"),
            new Rule(
                    "lock.out-of-sync",
                    "the lock file .*Cargo\\.lock needs to be updated|cannot (?:create|update) the lock file",
                    "Cargo.lock is not there, or does not fit Cargo.toml",
                    "cargo generate-lockfile && git add Cargo.lock && git commit"),
            new Rule(
                    "lock.out-of-sync",
                    "missing go\\.sum entry for|go: updates to go\\.mod needed|inconsistent vendoring",
                    "go.mod, go.sum and vendor do not fit the imports",
                    "go mod tidy && git add go.mod go.sum && git commit (and `go mod vendor` where there is a vendor folder)"),
            new Rule(
                    "lock.out-of-sync",
                    "The gemspecs? for .* changed|You are trying to install in deployment mode after changing"
                            + "|Your lockfile (?:does not satisfy|needs to be updated)",
                    "Gemfile.lock does not fit Gemfile",
                    "bundle install && git add Gemfile.lock && git commit"),
            new Rule(
                    "lock.out-of-sync",
                    "[Tt]he lock file is not up to date with the latest changes in composer\\.json",
                    "composer.lock does not fit composer.json",
                    "composer update --lock && git add composer.lock && git commit"),
            new Rule(
                    "peer.conflict",
                    "peer (\\S+@\"[^\"]+\") from (\\S+)",
                    "{2} wants {1} beside it, and another version is asked for",
                    "npm install {1} && git commit -am 'Fit versions' (or a version of {2} that fits what is asked for)"),
            new Rule(
                    "peer.conflict",
                    "npm error code ERESOLVE|ERR_PNPM_PEER_DEP_ISSUES",
                    "packages want versions of each other that do not fit",
                    "install versions that fit each other, then commit package.json and the lock file"),
            new Rule(
                    "pip.conflict",
                    "ResolutionImpossible|because these package versions have conflicting dependencies",
                    "packages of Python want versions of each other that do not fit",
                    "loosen or align the versions in the requirements that the lines above name"),
            new Rule(
                    "version.python",
                    "require a different python version: .*Requires-Python (>=(\\d+\\.\\d+)\\S*+)$",
                    "no version of a package that is asked for runs on this Python; some ask for Python {1}",
                    "echo {2} > .python-version && git add .python-version && git commit, where the server has that"
                            + " Python; else ask for versions that run on this one"),
            new Rule(
                    "requirement.system",
                    "No matching distribution found for ((?:pywin32|pypiwin32|pywinpty|tensorflow-intel"
                            + "|twisted-iocpsupport|windows-curses|winrt-runtime|winsdk)\\b\\S*)",
                    "{1} is for Windows only",
                    "add to its line in the requirements: ; sys_platform == 'win32'"),
            new Rule(
                    "requirement.no-package",
                    "No matching distribution found for (pkg[-_]resources\\b\\S*)",
                    "{1} is no package: the pip of Debian and Ubuntu writes it by mistake",
                    "take its line out of the requirements"),
            new Rule(
                    "requirement.elsewhere",
                    "Could not install packages due to an (?:OSError|EnvironmentError): \\[Errno 2] No such file or"
                            + " directory: '((?!/tmp/pip-)[^']+)'"
                            + "|ERROR: (/\\S+) is not a valid editable requirement|Distribution not found at: (\\S+)",
                    "the requirements name {1}, which is on the machine of their author",
                    "replace the line by NAME==VERSION where a registry has it, else commit it and write ./FOLDER"),
            new Rule(
                    "package.unknown",
                    "npm error 404  ?(?:The requested resource )?'(\\S+)'|(?<!\\S)(\\S{0,2}[^\\s@]{1,214}@\\S++) is not in this registry"
                            + "|No matching distribution found for (\\S+)"
                            + "|no matching package named `(\\S+)` found|Could not find artifact (\\S+)"
                            + "|No matching version found for (\\S+?)\\.?(?:\\s|$)|(?<!\\S)(\\S{1,214}): No candidates found"
                            + "|Couldn't find any versions for \"([^\"]+)\" that matches"
                            + "|failed to select a version for the requirement `([^`]+)`",
                    "no registry that is asked has {1}",
                    "see that its name and version are right; a private one needs its registry and a token"
                            + " (johwa secrets set {app} …)"),
            new Rule(
                    "manifest.syntax",
                    "npm error code EJSONPARSE|npm error JSON\\.parse .*(package\\.json)",
                    "package.json is no valid JSON",
                    "npm pkg fix, or look at the place that the lines above name"),
            new Rule(
                    "manifest.syntax",
                    "Non-parseable POM (\\S+?\\.xml)?|Malformed POM (\\S+?\\.xml)?",
                    "pom.xml cannot be read",
                    "mend the line that Maven names above"),
            new Rule(
                    "manifest.syntax",
                    "failed to parse manifest at `(\\S+)`|TOML parse error at line (\\d+)|tomllib\\.TOMLDecodeError"
                            + "|errors parsing (\\S*go\\.mod)|Invalid requirement: (\\S.*)",
                    "a manifest cannot be read",
                    "mend the line that the tool names above"),
            new Rule(
                    "package.script",
                    "npm error path (?:\\S*/)?(node_modules/\\S+)$",
                    "a script that comes with {1} failed when it was installed",
                    "see its words above; where the package is not needed: npm uninstall it"));

    private PackageRules() {}

    static List<Rule> all() {
        return ALL;
    }
}
