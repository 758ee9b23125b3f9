package dev.johwa.source.git;

import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.util.FileUtils;

/// The repositories of the server, by the name of their project. Safe for use by many threads.
public final class Repositories {
    private static final String HALF_MADE = "new";
    private static final String HALF_GONE = "gone-";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// Less than a connection may be silent.
    private static final Duration PACKING = Duration.ofMinutes(4);

    private final Path folder;
    private final Optional<NativeGit> nativeGit;
    private final Locks locks = new Locks();
    private final Moves moves = new Moves();
    private final PushOptions options;
    private final Map<String, Repository> open = new ConcurrentHashMap<>();

    /// @param folder `git/` of the data folder: one bare repository a project, `NAME.git`
    /// @param git the machine's git, when there is one: clones and packing then cost this process no memory
    public Repositories(Path folder, Optional<Path> git) {
        this.folder = folder;
        this.nativeGit = git.map(NativeGit::new);
        try {
            Files.createDirectories(folder);
            sweep();
            this.options = new PushOptions(folder.resolve("options"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the end of an earlier process left half made or half deleted.
    private void sweep() throws IOException {
        try (var torn = Files.newDirectoryStream(folder, "{" + HALF_MADE + "," + HALF_GONE + "}*")) {
            for (var each : torn) {
                if (!each.toString().endsWith(".git")) {
                    FileUtils.delete(each.toFile(), FileUtils.RECURSIVE);
                }
            }
        }
    }

    public List<String> list() {
        try (var children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString())
                    .filter(name -> name.endsWith(".git"))
                    .map(name -> name.substring(0, name.length() - ".git".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean exists(String name) {
        return ProjectNames.isGood(name) && Files.isDirectory(path(name));
    }

    /// Makes an empty repository.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when the name breaks the rules, which it tells, or is taken
    public void create(String name) {
        if (!createWhenMissing(name)) {
            throw Problem.user("project.exists", "there is a project '" + name + "' already")
                    .exception();
        }
    }

    /// @return whether it was made now
    synchronized boolean createWhenMissing(String name) {
        requireName(name);
        if (exists(name)) {
            return false;
        }
        try {
            var temporary = Files.createTempDirectory(folder, HALF_MADE);
            BareRepository.make(temporary);
            Files.move(temporary, path(name), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @throws dev.johwa.lib.problem.ProblemException when the name breaks the rules of project names, which it tells
    public void requireName(String name) {
        ProjectNames.require(name);
    }

    /// Waits for pushes in flight.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException `project.busy` when they take too long
    public void delete(String name) {
        if (!exists(name)) {
            return;
        }
        try (var _ = locks.alone(name, PATIENCE).orElseThrow(() -> busy(name))) {
            remove(name);
        }
    }

    private static RuntimeException busy(String name) {
        return Problem.user("project.busy", "somebody is pushing to '" + name + "' just now")
                .hint("try again when the push is over")
                .exception();
    }

    private synchronized void remove(String name) {
        var repository = open.remove(name);
        if (repository != null) {
            repository.close();
        }
        try {
            var gone = folder.resolve(HALF_GONE + name);
            Files.move(path(name), gone, StandardCopyOption.ATOMIC_MOVE);
            FileUtils.delete(gone.toFile(), FileUtils.RECURSIVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Takes back what a first push made that brought nothing.
    void deleteWhenEmpty(String name) {
        locks.alone(name, Duration.ZERO).ifPresent(turn -> {
            try (turn) {
                if (exists(name) && !repository(name).getRefDatabase().hasRefs()) {
                    remove(name);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /// Beside other pushes, once packing or deleting is over.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException `project.packing` when that takes too long
    Locks.Held turnToWrite(String name) {
        return locks.shared(name, PACKING)
                .orElseThrow(() -> Problem.resource(
                                "project.packing", "the repository of '" + name + "' is being packed, which takes long")
                        .hint("push again in some minutes")
                        .exception());
    }

    /// Whether all that followed the moves of refs in this process was written down, and none is under way.
    public boolean areSettled() {
        return moves.areSettled();
    }

    /// What pushes said whose runs are not written down yet.
    public PushOptions options() {
        return options;
    }

    Moves moves() {
        return moves;
    }

    Locks locks() {
        return locks;
    }

    Optional<NativeGit> nativeGit() {
        return nativeGit;
    }

    /// The branch that HEAD names: learned from the first push, `main` and `master` preferred.
    public Optional<String> defaultBranch(String name) {
        try {
            var head = repository(name).exactRef(Constants.HEAD);
            if (head == null
                    || !head.isSymbolic()
                    || repository(name).exactRef(head.getTarget().getName()) == null) {
                return Optional.empty();
            }
            return Optional.of(Repository.shortenRefName(head.getTarget().getName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes HEAD name a branch that is there, when it names none: `main`, `master`, or the first of those pushed.
    void learnDefaultBranch(String name, List<Push.RefUpdate> updates) {
        if (defaultBranch(name).isPresent()) {
            return;
        }
        var pushed = updates.stream()
                .filter(update -> update.isBranch() && !update.isDeletion())
                .map(Push.RefUpdate::ref)
                .toList();
        Stream.of("refs/heads/main", "refs/heads/master")
                .filter(pushed::contains)
                .findFirst()
                .or(() -> pushed.stream().findFirst())
                .ifPresent(ref -> link(name, ref));
    }

    /// Where it is fetched from, when its home is elsewhere.
    public Optional<String> origin(String name) {
        return exists(name)
                ? Optional.ofNullable(repository(name).getConfig().getString("remote", "origin", "url"))
                : Optional.empty();
    }

    void link(String name, String ref) {
        try {
            RefUpdate update = repository(name).updateRef(Constants.HEAD);
            update.link(ref);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The commit that a branch, tag, full or unique short id names.
    public Optional<Commit> resolve(String name, String revision) {
        var repository = repository(name);
        try (var walk = new RevWalk(repository)) {
            var id = repository.resolve(revision + "^{commit}");
            return id == null ? Optional.empty() : Optional.of(commit(walk.parseCommit(id)));
        } catch (MissingObjectException
                | AmbiguousObjectException
                | IncorrectObjectTypeException
                | RevisionSyntaxException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Commit commit(RevCommit commit) {
        PersonIdent author = commit.getAuthorIdent();
        return new Commit(
                commit.name(),
                commit.getTree().name(),
                Arrays.stream(commit.getParents()).map(RevCommit::name).toList(),
                author.getName(),
                author.getWhenAsInstant(),
                commit.getCommitterIdent().getWhenAsInstant(),
                commit.getFullMessage());
    }

    /// Of a repository that nobody works with it keeps nothing open: who looks at all of them should leave no trace.
    public List<Branch> branches(String name) {
        requireThere(name);
        var known = open.get(name);
        return known == null ? Heads.of(path(name)) : Heads.of(known);
    }

    /// Names of all the previews that there may be: of branches, and of proposals.
    public Set<String> previews(String name) {
        try {
            return repository(name).getRefDatabase().getRefsByPrefix(Constants.R_HEADS, "refs/pull/").stream()
                    .map(ref -> new Push.RefUpdate(ref.getName(), "", "", false).preview())
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param name without `refs/heads/`
    public record Branch(String name, String commit) {}

    /// Commits reachable from `to` and not from `from` (empty: all), newest first, at most so many.
    public List<Commit> between(String name, String from, String to, int atMost) {
        try (var walk = new RevWalk(repository(name))) {
            walk.markStart(walk.parseCommit(ObjectId.fromString(to)));
            if (!from.isEmpty()) {
                walk.markUninteresting(walk.parseCommit(ObjectId.fromString(from)));
            }
            var found = new ArrayList<Commit>();
            for (var next = walk.next(); next != null && found.size() < atMost; next = walk.next()) {
                found.add(commit(next));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether `ancestor` is `commit` or comes before it; false when either is not there.
    public boolean isAncestor(String name, String ancestor, String commit) {
        try (var walk = new RevWalk(repository(name))) {
            return walk.isMergedInto(
                    walk.parseCommit(ObjectId.fromString(ancestor)), walk.parseCommit(ObjectId.fromString(commit)));
        } catch (MissingObjectException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes a folder hold the files of a commit and nothing else, with execute bits and symbolic links as they are;
    /// submodules become empty folders. Names and links that leave the folder are refused. Files that are as they
    /// should be keep their times.
    public CheckedOut checkOut(String name, String commit, CheckoutPlace place) {
        return new Checkout(repository(name), nativeGit, place)
                .write(ObjectId.fromString(commit), place.before(), place.spared());
    }

    /// The text of one file at a commit, when it is there and at most 1 MiB.
    public Optional<String> file(String name, String commit, String path) {
        return new CommitFiles(repository(name), commit).text(path);
    }

    /// The files that lie in a folder at a commit, by name; none when there is no such folder.
    public List<FolderFile> folder(String name, String commit, String path) {
        return new CommitFiles(repository(name), commit).folder(path);
    }

    /// A file in a folder: no link, nothing below.
    ///
    /// @param id of its text: equal ones are equal texts
    public record FolderFile(String name, boolean executable, String id) {}

    /// A name for the files of a commit without those in these folders: equal names mean equal files.
    ///
    /// @param means whether a file or folder around those folders counts
    public String treeWithout(String name, String commit, Set<String> folders, Predicate<String> means) {
        return new CommitFiles(repository(name), commit).without(folders, means);
    }

    /// Makes a branch one that moves only when what it would become has passed, or no longer so; it need not be there.
    public void protect(String name, String branch, boolean isProtected) {
        new Protection(repository(name)).set(branch, isProtected);
    }

    public boolean isProtected(String name, String branch) {
        return new Protection(repository(name)).holds(branch);
    }

    public List<String> protectedBranches(String name) {
        return new Protection(repository(name)).branches();
    }

    /// Puts the packs of many pushes together and drops what nothing has named for a day. It waits for nobody: a
    /// repository that is pushed to now is left for the next time, as is one with little to do.
    ///
    /// @param served commits that stay though no branch may name them any more
    /// @return what was done, in a line, or nothing
    public Optional<String> collect(String name, Set<String> served) {
        return new Housekeeping(this).collect(name, served);
    }

    /// Removes what pushes left that were cut off by the end of an earlier process, and the repository where such a
    /// push made it and brought nothing. One that is pushed to now is left for the next time.
    public void removeTorn(String name) {
        new Housekeeping(this).removeTorn(name);
    }

    /// The repository as JGit has it; it stays open.
    Repository repository(String name) {
        requireThere(name);
        return open.computeIfAbsent(name, key -> BareRepository.open(path(key)));
    }

    private void requireThere(String name) {
        if (!exists(name)) {
            throw Problem.user("project.unknown", "there is no project '" + name + "'")
                    .hint("the first push to it makes it")
                    .exception();
        }
    }

    Path path(String name) {
        return folder.resolve(name + ".git");
    }
}
