package dev.johwa.source.git;

import dev.johwa.lib.problem.Problem;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;
import org.jspecify.annotations.Nullable;

/// Makes a commit of the files of a folder as they lie there: changed and untracked ones too, ignored ones not. The
/// folder may be a clone, and its own `.git` is only read.
public final class FolderCommit {
    private static final int MOST_FILES = 100_000;
    /// What tools put there; left out also where no `.gitignore` says so.
    private static final Set<String> INSTALLED = Set.of("node_modules", ".venv", "__pycache__");

    private final Path bare;
    private final Path files;
    private final int mostFiles;

    /// @param repositories where the project's repository is
    /// @param files the folder, which may lie anywhere
    public FolderCommit(Repositories repositories, String project, Path files) {
        this(repositories.path(project), files, MOST_FILES);
    }

    FolderCommit(Path bare, Path files, int mostFiles) {
        this.bare = bare;
        this.files = files;
        this.mostFiles = mostFiles;
    }

    /// Moves a branch to a commit of the files as they are now.
    ///
    /// @return what moved: from and to are the same when no file changed
    /// @throws dev.johwa.lib.problem.ProblemException when there are more files than an application has
    public Push.RefUpdate commit(String branch) {
        var ref = Constants.R_HEADS + branch;
        try (var repository = over();
                var inserter = repository.newObjectInserter()) {
            var tree = tree(repository, inserter);
            var before = repository.resolve(ref + "^{commit}");
            if (before != null && tree.equals(repository.resolve(ref + "^{tree}"))) {
                return new Push.RefUpdate(ref, before.name(), before.name(), false);
            }
            var commit = inserter.insert(commit(tree, before));
            inserter.flush();
            var update = repository.updateRef(ref);
            update.setNewObjectId(commit);
            update.forceUpdate();
            return new Push.RefUpdate(
                    ref, before == null ? Push.RefUpdate.NOTHING : before.name(), commit.name(), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectId tree(Repository repository, ObjectInserter inserter) throws IOException {
        var index = DirCache.newInCore();
        var builder = index.builder();
        visit(repository, (path, file) -> add(path, file, inserter, builder));
        builder.finish();
        return index.writeTree(inserter);
    }

    /// Changes whenever a file changes that would be taken: by names, sizes and times, without reading any.
    public long fingerprint() {
        var sum = new long[1];
        try (var repository = over()) {
            visit(repository, (path, file) -> {
                long each = path.hashCode() * 31L + file.getEntryLength();
                sum[0] = sum[0] * 31
                        + each * 31
                        + file.getEntryLastModifiedInstant().hashCode();
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum[0];
    }

    private Repository over() throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(bare.toFile())
                .setWorkTree(files.toFile())
                .build();
    }

    private static CommitBuilder commit(ObjectId tree, @Nullable ObjectId before) {
        var who = new PersonIdent("johwa try", "try@localhost");
        var commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setAuthor(who);
        commit.setCommitter(who);
        commit.setMessage("The files as they are");
        if (before != null) {
            commit.setParentId(before);
        }
        return commit;
    }

    /// A file or symbolic link, with its path as git writes it.
    private interface Visitor {
        void file(String path, WorkingTreeIterator file) throws IOException;
    }

    private void visit(Repository repository, Visitor visitor) throws IOException {
        var tracked = tracked();
        int files = 0;
        try (var walk = new TreeWalk(repository)) {
            walk.addTree(new FileTreeIterator(repository));
            while (walk.next()) {
                var file = walk.getTree(0, WorkingTreeIterator.class);
                boolean isOut = file.isEntryIgnored() || INSTALLED.contains(walk.getNameString());
                var mode = file.getEntryFileMode();
                if (isOut && !isTracked(tracked, walk.getPathString(), mode) || mode == FileMode.GITLINK) {
                    continue;
                }
                if (mode == FileMode.TREE) {
                    walk.enterSubtree();
                } else {
                    requireFew(++files);
                    visitor.file(walk.getPathString(), file);
                }
            }
        }
    }

    private void requireFew(int count) {
        if (count > mostFiles) {
            throw Problem.user(
                            "folder.too-many-files",
                            files + " holds more than " + mostFiles + " files that no .gitignore names")
                    .hint("name the folder of one application, or write into .gitignore what does not belong to it")
                    .exception();
        }
    }

    private static boolean isTracked(DirCache tracked, String path, FileMode mode) {
        return mode == FileMode.TREE ? tracked.getEntriesWithin(path).length > 0 : tracked.getEntry(path) != null;
    }

    /// What the folder's own repository has added, ignored or not.
    private DirCache tracked() throws IOException {
        var own = new File(files.toFile(), Constants.DOT_GIT);
        if (!own.isDirectory()) {
            return DirCache.newInCore();
        }
        try (var repository = new FileRepositoryBuilder().setGitDir(own).build()) {
            return repository.readDirCache();
        }
    }

    private static void add(String path, WorkingTreeIterator file, ObjectInserter inserter, DirCacheBuilder builder)
            throws IOException {
        var entry = new DirCacheEntry(path);
        entry.setFileMode(file.getEntryFileMode());
        try (var input = file.openEntryStream()) {
            entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, file.getEntryContentLength(), input));
        }
        builder.add(entry);
    }
}
