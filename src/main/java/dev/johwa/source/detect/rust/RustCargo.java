package dev.johwa.source.detect.rust;

import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Globs;
import dev.johwa.source.detect.stack.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Rust with Cargo: a package, or the packages of a workspace; the release build of the program that is started.
public final class RustCargo implements Provider {
    private static final Pattern MADE_FOR_PYTHON = Pattern.compile("maturin|setuptools[-_]rust");
    private static final Pattern TEST = Pattern.compile(
            "#\\[\\s*(\\w+::)*(async_)?test\\b|#\\[rstest|proptest!|quickcheck!|(?m)^\\s*//[/!] ```\\s*$");
    private static final int MOST_READ = 1_000;
    private static final int MOST_CRATES = 200;

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        if (!folder.has("Cargo.toml") || folder.says("pyproject.toml", MADE_FOR_PYTHON)) {
            return Optional.empty();
        }
        var draft = new Draft("rust", "Rust").because("Cargo.toml", "a Rust package");
        draft.packageManager = Optional.of("cargo");
        RustToolchain.choose(folder, toolchains, draft);
        if (toolchains.find("cc").isEmpty()) {
            draft.warn(
                    "detect.no-compiler",
                    "there is no C compiler on this machine, and Rust links with it",
                    "install one: apt-get install build-essential");
        }
        environment(folder, draft);
        var crates = crates(folder, draft);
        lock(folder, crates, draft);
        tests(folder, crates.size() > 1, draft);
        new RustPrograms(folder, crates).start(draft);
        return Optional.of(draft);
    }

    private static void environment(Folder folder, Draft draft) {
        draft.environment.put("CARGO_TERM_COLOR", "never");
        draft.environment.put("CARGO_TARGET_DIR", "target");
        draft.kept.add("target");
        draft.leftovers.add("target");
        if (CargoConfig.read(folder).isVendored()) {
            draft.because(".cargo/config.toml", "packages lie in the repository; nothing is fetched");
            draft.environment.put("CARGO_NET_OFFLINE", "true");
        }
        if (folder.hasFolder(".sqlx")) {
            draft.because(".sqlx", "queries were checked before; no database is needed to build");
            draft.buildEnvironment.put("SQLX_OFFLINE", "true");
        }
    }

    /// The package at the root and those that the workspace names.
    private static List<Crate> crates(Folder folder, Draft draft) {
        var crates = new ArrayList<Crate>();
        Crate.read(folder, "").ifPresent(crates::add);
        var workspace = folder.toml("Cargo.toml");
        var members = new Globs(workspace.texts("workspace.members"));
        var without = new Globs(workspace.texts("workspace.exclude"));
        folder
                .files(
                        members.isEmpty() ? 0 : Folder.DEEPEST,
                        name -> name.endsWith("/Cargo.toml")
                                && members.match(parent(name))
                                && !without.match(parent(name)))
                .stream()
                .limit(MOST_CRATES)
                .forEach(file -> Crate.read(folder, parent(file) + "/").ifPresent(crates::add));
        if (crates.size() > 1) {
            draft.because("Cargo.toml", "a workspace of " + crates.size() + " packages");
        }
        if (crates.isEmpty()) {
            draft.warn(
                    "detect.manifest",
                    "Cargo.toml names neither a package nor packages of a workspace that are here",
                    "look at its [package] and [workspace]");
        }
        return crates;
    }

    private static String parent(String file) {
        return file.substring(0, Math.max(0, file.lastIndexOf('/')));
    }

    private static void lock(Folder folder, List<Crate> crates, Draft draft) {
        boolean needsLock =
                crates.stream().anyMatch(crate -> !crate.dependencies().isEmpty());
        if (needsLock && !isLocked(folder)) {
            draft.warn(
                    "detect.no-lock",
                    "there is no Cargo.lock, so versions may change from one build to the next",
                    "commit the Cargo.lock that `cargo build` writes");
        }
    }

    /// A member of a workspace is locked by the file beside that.
    static boolean isLocked(Folder folder) {
        if (folder.has("Cargo.lock")) {
            return true;
        }
        var repository = folder.repository();
        for (var place = folder.place(); repository.isPresent() && !place.isEmpty(); place = parent(place)) {
            var above = parent(place);
            if (repository.get().has(above.isEmpty() ? "Cargo.lock" : above + "/Cargo.lock")) {
                return true;
            }
        }
        return false;
    }

    /// A folder without a test is not compiled a second time only to find that out.
    private static void tests(Folder folder, boolean isWorkspace, Draft draft) {
        boolean hasTests = folder.files(name -> name.endsWith(".rs")).stream()
                .limit(MOST_READ)
                .anyMatch(name -> folder.says(name, TEST));
        if (hasTests) {
            var words = new ArrayList<>(List.of("cargo", "test", "--no-fail-fast"));
            if (isWorkspace) {
                words.add("--workspace");
            }
            if (isLocked(folder)) {
                words.add("--locked");
            }
            draft.test.add(new Test(List.copyOf(words), "cargo", Optional.empty()));
        }
        if (folder.first(List.of("rustfmt.toml", ".rustfmt.toml")).isPresent()) {
            draft.lint.add(List.of("cargo", "fmt", "--check"));
        }
        if (folder.first(List.of("clippy.toml", ".clippy.toml")).isPresent()) {
            draft.lint.add(List.of("cargo", "clippy", "--no-deps"));
        }
    }
}
