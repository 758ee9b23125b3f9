package dev.johwa.source.host.played;

import dev.johwa.source.git.GitClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A bare repository of real git, as a host keeps it, and a clone in which somebody works.
final class HostedRepository {
    static final String NOTHING = "0".repeat(40);

    private final GitClient bare;
    private final GitClient work;

    private HostedRepository(Path bare, Path work) {
        this.bare = new GitClient(bare);
        this.work = new GitClient(work);
    }

    /// A new one with a first commit on `main`.
    static HostedRepository create(Path bare, Path work) {
        try {
            Files.createDirectories(bare.getParent());
            var place = GitClient.init(work);
            place.commit("README.md", "# Played\n");
            place.run("clone", "-q", "--bare", work.toString(), bare.toString()).ok();
            return settled(bare, work);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HostedRepository fork(Path to, Path itsWork) {
        try {
            Files.createDirectories(to.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        work.run("clone", "-q", "--bare", path().toString(), to.toString()).ok();
        work.run("clone", "-q", to.toString(), itsWork.toString()).ok();
        return settled(to, itsWork);
    }

    private static HostedRepository settled(Path bare, Path work) {
        var repository = new HostedRepository(bare, work);
        var git = repository.bare;
        git.run("config", "http.receivepack", "true").ok();
        git.run("config", "uploadpack.allowAnySHA1InWant", "true").ok();
        git.run("config", "uploadpack.allowFilter", "true").ok();
        // As GitHub does: pull requests are read, never pushed.
        git.run("config", "receive.hideRefs", "refs/pull").ok();
        return repository;
    }

    Path path() {
        return bare.folder();
    }

    /// Every ref and the commit it points to.
    Map<String, String> refs() {
        var refs = new TreeMap<String, String>();
        bare.run("for-each-ref", "--format=%(refname) %(objectname)")
                .ok()
                .text()
                .lines()
                .forEach(line -> {
                    var words = line.split(" ");
                    refs.put(words[0], words[1]);
                });
        return refs;
    }

    /// The commit that a branch, a tag or an id means.
    Optional<String> commitOf(String name) {
        var said = bare.run("rev-parse", "--verify", "-q", name + "^{commit}");
        return said.status() == 0 ? Optional.of(said.text().strip()) : Optional.empty();
    }

    /// Commits these files to a branch, which begins at `main` where it is new.
    String commit(String branch, Map<String, String> files) {
        var known = refs().containsKey("refs/heads/" + branch);
        work.run("fetch", "-q", path().toString(), known ? branch : "main").ok();
        work.run("checkout", "-q", "--detach", "FETCH_HEAD").ok();
        return write(branch, files);
    }

    /// A branch without its history: one new commit in the place of all.
    String rewrite(String branch, Map<String, String> files) {
        work.run("checkout", "-q", "--detach").ok();
        work.run("branch", "-q", "-D", "rewritten");
        work.run("checkout", "-q", "--orphan", "rewritten").ok();
        return write(branch, files);
    }

    private String write(String branch, Map<String, String> files) {
        try {
            for (var file : files.entrySet()) {
                var place = work.folder().resolve(file.getKey());
                Files.createDirectories(place.getParent());
                Files.writeString(place, file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        work.run("add", "-A").ok();
        work.run("commit", "-q", "--allow-empty", "-m", "Change " + String.join(", ", files.keySet()))
                .ok();
        work.run("push", "-q", "--force", path().toString(), "HEAD:refs/heads/" + branch)
                .ok();
        return work.head();
    }

    void delete(String ref) {
        bare.run("update-ref", "-d", ref).ok();
    }

    /// Takes a commit of another repository under a ref here.
    void take(HostedRepository from, String branch, String ref) {
        bare.run("fetch", "-q", from.path().toString(), "+refs/heads/" + branch + ":" + ref)
                .ok();
    }

    /// What a merge of two commits would be, at a ref; nothing where they do not merge.
    void merge(String into, String commit, String ref) {
        var tree = bare.run("merge-tree", "--write-tree", into, commit);
        if (tree.status() == 0) {
            var merged = bare.run("commit-tree", tree.text().strip(), "-p", into, "-p", commit, "-m", "Merge")
                    .line();
            bare.run("update-ref", ref, merged).ok();
        }
    }

    /// Moves a branch to a commit.
    String advance(String branch, String commit) {
        bare.run("update-ref", "refs/heads/" + branch, commit).ok();
        return commitOf(branch).orElseThrow();
    }

    boolean isAncestor(String older, String newer) {
        return bare.run("merge-base", "--is-ancestor", older, newer).status() == 0;
    }

    /// Ids of what is new, oldest first.
    List<String> between(String before, String after) {
        var range = before.equals(NOTHING) ? after : before + ".." + after;
        return bare.run("rev-list", "--reverse", "--max-count=20", range)
                .ok()
                .text()
                .lines()
                .toList();
    }

    /// One field of a commit, in git's own words for formats.
    String show(String commit, String format) {
        return bare.run("show", "-s", "--format=" + format, commit).line();
    }

    List<String> changedFiles(String before, String after) {
        return bare.run("diff", "--name-only", before + "..." + after)
                .ok()
                .text()
                .lines()
                .toList();
    }
}
