package dev.johwa.build.bill;

import java.util.Map;
import java.util.Optional;

/// A file that says which versions of packages were meant.
@FunctionalInterface
interface LockFile {
    Map<String, LockFile> ALL = Map.ofEntries(
            Map.entry("package-lock.json", NodeFiles::npm),
            Map.entry("npm-shrinkwrap.json", NodeFiles::npm),
            Map.entry("yarn.lock", YarnFile::read),
            Map.entry("pnpm-lock.yaml", PnpmFile::read),
            Map.entry("bun.lock", NodeFiles::bun),
            Map.entry("uv.lock", (text, finding) -> PythonFiles.toml(text, Ecosystem.PYPI, finding)),
            Map.entry("poetry.lock", (text, finding) -> PythonFiles.toml(text, Ecosystem.PYPI, finding)),
            Map.entry("pdm.lock", (text, finding) -> PythonFiles.toml(text, Ecosystem.PYPI, finding)),
            Map.entry("Cargo.lock", (text, finding) -> PythonFiles.toml(text, Ecosystem.CARGO, finding)),
            Map.entry("Pipfile.lock", PythonFiles::pipfile),
            Map.entry("requirements.txt", PythonFiles::requirements),
            Map.entry("gradle.lockfile", Jars::gradle),
            Map.entry("go.mod", GoFiles::module));

    static Optional<LockFile> of(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    void read(String text, Finding finding);
}
