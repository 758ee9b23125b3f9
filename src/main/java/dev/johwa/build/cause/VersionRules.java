package dev.johwa.build.cause;

import java.util.List;

/// Runtimes that are older or newer than what the project asks for.
final class VersionRules {
    private static final List<Rule> ALL = List.of(
            new Rule(
                    "version.node",
                    "npm error notsup Required: *\\{\"node\":\"([^\"]+)\""
                            + "|The engine \"node\" is incompatible.*Expected version \"([^\"]+)\""
                            + "|ERR_PNPM_UNSUPPORTED_ENGINE",
                    "it asks for another version of Node: {1}",
                    "change `engines` in package.json, or write the version into .node-version"),
            new Rule(
                    "version.typescript",
                    "error TS51(?:01|07): Option '([^']+)' is deprecated",
                    "its TypeScript is newer than its settings, and refuses {1}",
                    "hold typescript to the version for which they were written (^5 in package.json), or set"
                            + " \"ignoreDeprecations\": \"6.0\" in the file that is named"),
            new Rule(
                    "version.preflight",
                    "add SKIP_PREFLIGHT_CHECK=true to an \\.env file",
                    "the tool that builds it wants a package in another version than the one that is installed beside it",
                    "commit the lock file with which it works, or have it go on all the same:"
                            + " env: {SKIP_PREFLIGHT_CHECK: \"true\"} in johwa.yaml"),
            new Rule(
                    "version.types",
                    "error TS7016: Could not find a declaration file for module '([^']+)'",
                    "the version of {1} that is installed brings no types, which its TypeScript insists on",
                    "commit a lock file with which it compiles, or bring them: npm install --save-dev @types/{1}"),
            new Rule(
                    "version.python",
                    "requires a different Python: (\\S+) not in '([^']+)'"
                            + "|Current Python version \\((\\S+)\\) is not allowed by the project \\((\\S+?)\\)"
                            + "|The currently activated Python version (\\S+) is not supported by the project \\((\\S+?)\\)",
                    "Python {1} is used, and {2} is asked for",
                    "write the version into .python-version, or change requires-python"),
            new Rule(
                    "version.python-old",
                    "module '(?:inspect|collections|asyncio|time|base64|platform)' has no attribute '(\\w+)'"
                            + "|cannot import name '(\\w+)' from '(?:collections|inspect|asyncio|fractions)' \\("
                            + "|No module named '(imp|distutils|asynchat|asyncore|cgi|smtpd)'",
                    "a package was written for an older Python than the one used, which no longer has {1}",
                    "raise that package, or write an older Python into .python-version: 3.9"),
            new Rule(
                    "version.python-two",
                    "SyntaxError: Missing parentheses in call to 'print'",
                    "the project, or a package that it names, is written for Python 2",
                    "raise that package; wsgiref, argparse and the like are in Python itself, and need no line in"
                            + " requirements.txt"),
            new Rule(
                    "version.rust-nightly",
                    "requires a 'dev' or 'nightly' version of rustc|may not be used on the (?:stable|beta) release channel",
                    "it is written for a nightly Rust",
                    "raise the dependency that asks for it (Rocket: 0.5), or name a nightly in rust-toolchain.toml and"
                            + " have it on the server"),
            new Rule(
                    "version.java-old",
                    "Source option (\\d+) is no longer supported\\. Use (\\d+) or later",
                    "it is written for Java {1}, which the JDK that is used no longer compiles",
                    "set source and target (maven.compiler.release) to {2}, or install an older JDK on the server"),
            new Rule(
                    "version.kotlin-old",
                    "at org\\.jetbrains\\.org\\.objectweb\\.asm\\.ClassReader\\.readModule",
                    "its Kotlin is older than the JDK that is used, and cannot read its classes",
                    "raise kotlin.version, or install a JDK 8 on the server and write 8 into .java-version"),
            new Rule(
                    "version.jar-signed",
                    "SecurityException: Invalid signature file digest for Manifest main attributes",
                    "the jar that the build puts together keeps signatures of jars that went into it",
                    "leave META-INF/*.SF, *.DSA and *.RSA out: a filter with excludes in maven-shade-plugin"),
            new Rule(
                    "version.java-new",
                    "java\\.lang\\.IllegalArgumentException: (\\d{2}\\.\\d{1,3}\\.\\d{1,3})",
                    "a compiler of the project is older than Java {1}, and does not know it",
                    "raise it (kotlin.version), or write an older Java into .java-version: 17"),
            new Rule(
                    "version.java",
                    "invalid (?:target|source) release: (\\S+)|release version (\\d+) not supported"
                            + "|class file version (\\d+\\.\\d+), this version of the Java Runtime only recognizes",
                    "it is written for a newer Java ({1}) than the one used",
                    "set maven.compiler.release (or the toolchain) to a JDK that is on the server"),
            new Rule(
                    "version.go",
                    "requires go >= (\\S+) \\(running go (\\S+?)[;)]|invalid go version '([^']+)'",
                    "it asks for Go {1}",
                    "change the go line in go.mod to a Go that is on the server"),
            new Rule(
                    "version.rust",
                    "requires rustc (\\S+)|feature `(edition\\d+)` is required",
                    "it asks for a newer Rust: {1}",
                    "rustup toolchain install stable on the server, or versions of the crates that fit"),
            new Rule(
                    "version.ruby",
                    "Your Ruby version is (\\S+), but your Gemfile specified (\\S+)",
                    "Ruby {1} is used, and the Gemfile asks for {2}",
                    "change `ruby` in the Gemfile, or install that version on the server"),
            new Rule(
                    "version.php",
                    "requires php (\\S+) (?:->|but) your php version \\((\\S+?)[;)]",
                    "PHP {2} is used, and {1} is asked for",
                    "change `php` in composer.json, or install that version on the server"));

    private VersionRules() {}

    static List<Rule> all() {
        return ALL;
    }
}
