package dev.johwa.source.git;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.RawNames;
import dev.johwa.source.git.Repositories.FolderFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/// Looks at the files of a commit without checking them out.
final class CommitFiles {
    private static final int LARGEST_FILE = 1 << 20;

    private final Repository repository;
    private final String commit;

    CommitFiles(Repository repository, String commit) {
        this.repository = repository;
        this.commit = commit;
    }

    Optional<String> text(String path) {
        try (var walk = new RevWalk(repository);
                var found = TreeWalk.forPath(repository, path, tree(walk))) {
            if (found == null || found.getFileMode(0).getObjectType() != Constants.OBJ_BLOB) {
                return Optional.empty();
            }
            var bytes = repository.open(found.getObjectId(0)).getCachedBytes(LARGEST_FILE);
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (LargeObjectException e) {
            throw Problem.user("file.too-large", path + " is larger than 1 MiB").exception();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The files that lie in a folder, in the order of their names.
    List<FolderFile> folder(String path) {
        try (var walk = new RevWalk(repository);
                var found = TreeWalk.forPath(repository, path, tree(walk))) {
            if (found == null || found.getFileMode(0) != FileMode.TREE) {
                return List.of();
            }
            var files = new ArrayList<FolderFile>();
            try (var inside = new TreeWalk(repository)) {
                inside.addTree(found.getObjectId(0));
                while (inside.next()) {
                    var mode = inside.getFileMode(0);
                    if (mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE) {
                        files.add(new FolderFile(
                                inside.getNameString(),
                                mode == FileMode.EXECUTABLE_FILE,
                                inside.getObjectId(0).name()));
                    }
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RevTree tree(RevWalk walk) throws IOException {
        return walk.parseCommit(ObjectId.fromString(commit)).getTree();
    }

    /// A hash of all files but those in these folders and those that mean nothing.
    ///
    /// @param means whether a path counts; asked of the files and folders around those folders
    String without(Set<String> folders, Predicate<String> means) {
        try (var walk = new RevWalk(repository);
                var tree = new TreeWalk(repository)) {
            var hash = Digest.sha256();
            tree.addTree(tree(walk));
            while (tree.next()) {
                var path = RawNames.text(new String(tree.getRawPath(), StandardCharsets.ISO_8859_1));
                boolean isFolder = tree.getFileMode(0) == FileMode.TREE;
                if (folders.contains(path) || !means.test(path)) {
                    continue;
                }
                if (isFolder && folders.stream().anyMatch(each -> each.startsWith(path + "/"))) {
                    tree.enterSubtree();
                } else {
                    var line = tree.getFileMode(0) + " " + tree.getObjectId(0).name() + " " + path + "\0";
                    hash.update(line.getBytes(StandardCharsets.UTF_8));
                }
            }
            return Digest.of(hash).hex();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
