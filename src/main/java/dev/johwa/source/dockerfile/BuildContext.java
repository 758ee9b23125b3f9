package dev.johwa.source.dockerfile;

import static java.util.Objects.requireNonNull;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.problem.Severity;
import dev.johwa.lib.text.RawNames;
import dev.johwa.lib.text.Sizes;
import dev.johwa.source.dockerfile.ignore.IgnoreRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The files that the build of an image is given: what lies in a folder and is not ignored, as BuildKit walks it. Only
/// what COPY and ADD see counts: a Dockerfile or `.dockerignore` that is ignored is not among them, although builders
/// read both; the classic builder needs them in what it is sent, and takes them out again ([#sent]).
///
/// @param files regular files and symbolic links, relative, in the order of their bytes; no link is followed
/// @param folders those that are not ignored themselves, relative, in the order of their bytes
/// @param bytes of the regular files
/// @param ignoreFile that was obeyed, relative or absolute
/// @param problems errors: what cannot be read, patterns that no builder takes; a warning for much that is sent
public record BuildContext(
        List<Path> files, List<Path> folders, long bytes, Optional<Path> ignoreFile, List<Problem> problems) {
    public static final String IGNORE_FILE = ".dockerignore";

    private static final long MUCH_BYTES = 10_000_000;
    private static final int MANY_FILES = 5_000;
    private static final int MOST_BYTES = 4 << 20;

    public BuildContext {
        files = List.copyOf(files);
        folders = List.copyOf(folders);
        problems = List.copyOf(problems);
    }

    /// @param folder that is built, which exists
    /// @param dockerfile that describes it, wherever it lies: an ignore file of its name comes first
    public static BuildContext of(Path folder, Path dockerfile) {
        var found = ignoreFile(folder, dockerfile);
        var rules = found.map(BuildContext::rules).orElseGet(IgnoreRules::none);
        var problems = new ArrayList<>(rules.problems());
        var walk = new ContextWalk(real(folder), rules);
        // With rules that no builder takes, none of it would be built.
        if (problems.stream().noneMatch(Problem::isError)) {
            walk.all();
            problems.addAll(walk.problems());
        }
        if (found.isEmpty() && (walk.bytes() >= MUCH_BYTES || walk.files().size() >= MANY_FILES)) {
            problems.add(Problem.user(
                            "dockerignore.missing",
                            "there is no " + IGNORE_FILE + ": a build is given "
                                    + walk.files().size() + " files of " + Sizes.text(walk.bytes()))
                    .as(Severity.WARNING)
                    .at(Place.of(String.valueOf(dockerfile.getFileName())))
                    .hint("name in " + IGNORE_FILE + " what no COPY needs, such as .git and node_modules"));
        }
        return new BuildContext(walk.files(), walk.folders(), walk.bytes(), found, problems);
    }

    /// The folder that is meant by a link.
    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> ignoreFile(Path folder, Path dockerfile) {
        return inside(ownIgnoreFile(dockerfile)).or(() -> inside(folder.resolve(IGNORE_FILE)));
    }

    private static Path ownIgnoreFile(Path dockerfile) {
        return dockerfile.resolveSibling(dockerfile.getFileName() + IGNORE_FILE).normalize();
    }

    /// A link may lead to another file beside it; what lies elsewhere is none of the repository's.
    private static Optional<Path> inside(Path file) {
        try {
            var folder = requireNonNull(file.toAbsolutePath().getParent()).toRealPath();
            return Files.isRegularFile(file) && file.toRealPath().startsWith(folder)
                    ? Optional.of(file)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// What is wrong with an ignore file by itself.
    public static List<Problem> problemsOf(String name, byte[] content) {
        return IgnoreRules.read(name, content).problems();
    }

    private static IgnoreRules rules(Path file) {
        var name = String.valueOf(file.getFileName());
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw Problem.user("dockerignore.size", "the file is larger than 4 MiB")
                        .at(Place.of(name))
                        .hint("a pattern names many files at once")
                        .exception();
            }
            return IgnoreRules.read(name, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.resource("dockerignore.unreadable", name + " cannot be read: " + e.getMessage())
                            .at(Place.of(name)),
                    e);
        }
    }

    public boolean hasErrors() {
        return problems.stream().anyMatch(Problem::isError);
    }

    /// What the classic builder is sent: the files, and what it needs beside them.
    ///
    /// @param dockerfile relative to the folder
    public List<Path> sent(Path dockerfile) {
        var raw = new TreeSet<String>();
        files.forEach(file -> raw.add(RawNames.of(file)));
        raw.add(RawNames.of(dockerfile.normalize()));
        // Without the one that was obeyed, a builder would obey another.
        ignoreFile.ifPresent(
                file -> raw.add(file.endsWith(IGNORE_FILE) ? IGNORE_FILE : RawNames.of(ownIgnoreFile(dockerfile))));
        return raw.stream().map(RawNames::path).toList();
    }
}
