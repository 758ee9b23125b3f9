package dev.johwa.source.git;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The repositories of the server, by the name of their project. Safe for use by many threads.
public final class Repositories {
    /// @param folder `git/` of the data folder: one bare repository a project, `NAME.git`
    public Repositories(Path folder) {}

    public List<String> list() {
        throw new UnsupportedOperationException();
    }

    public boolean exists(String name) {
        throw new UnsupportedOperationException();
    }

    /// Makes an empty repository.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when the name breaks the rules, which it tells, or is taken
    public void create(String name) {
        throw new UnsupportedOperationException();
    }

    public void delete(String name) {
        throw new UnsupportedOperationException();
    }

    /// The branch that HEAD names: learned from the first push, `main` and `master` preferred.
    public Optional<String> defaultBranch(String name) {
        throw new UnsupportedOperationException();
    }

    /// The commit that a branch, tag, full or unique short id names.
    public Optional<Commit> resolve(String name, String revision) {
        throw new UnsupportedOperationException();
    }

    public List<Branch> branches(String name) {
        throw new UnsupportedOperationException();
    }

    /// @param name without `refs/heads/`
    public record Branch(String name, String commit) {}

    /// Commits reachable from `to` and not from `from` (empty: all), newest first, at most so many.
    public List<Commit> between(String name, String from, String to, int atMost) {
        throw new UnsupportedOperationException();
    }

    /// Whether `ancestor` is `commit` or comes before it.
    public boolean isAncestor(String name, String ancestor, String commit) {
        throw new UnsupportedOperationException();
    }

    /// Writes the files of a commit into an empty folder, with execute bits and symbolic links as they are;
    /// submodules become empty folders. Names that leave the folder are refused.
    public void checkOut(String name, String commit, Path folder) {
        throw new UnsupportedOperationException();
    }

    /// The text of one file at a commit, when it is there and at most 1 MiB.
    public Optional<String> file(String name, String commit, String path) {
        throw new UnsupportedOperationException();
    }

    public void protect(String name, String branch, boolean isProtected) {
        throw new UnsupportedOperationException();
    }

    public boolean isProtected(String name, String branch) {
        throw new UnsupportedOperationException();
    }
}
