package dev.johwa.source.git;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/// Commits that stay though no branch names them any more, since what was made of them serves: each has a ref that only
/// the platform sees.
final class KeptCommits {
    /// Refs of the platform's own.
    static final String OURS = "refs/johwa/";

    private static final String REFS = OURS + "kept/";
    private static final String SECTION = "uploadpack";
    private static final String HIDDEN = "hideRefs";

    private KeptCommits() {}

    /// Keeps these commits, as far as they are there, and no others.
    static void keep(Repository repository, Set<String> commits) throws IOException {
        var missing = new HashSet<>(commits);
        for (var ref : repository.getRefDatabase().getRefsByPrefix(REFS)) {
            if (!missing.remove(ref.getName().substring(REFS.length()))) {
                var update = repository.updateRef(ref.getName());
                update.setForceUpdate(true);
                requireDone(update.delete(), ref.getName());
            }
        }
        if (!missing.isEmpty()) {
            hide(repository);
        }
        for (var commit : missing) {
            var id = ObjectId.fromString(commit);
            if (repository.getObjectDatabase().has(id)) {
                var update = repository.updateRef(REFS + commit);
                update.setNewObjectId(id);
                requireDone(update.forceUpdate(), REFS + commit);
            }
        }
    }

    private static void requireDone(RefUpdate.Result result, String ref) throws IOException {
        switch (result) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
            case LOCK_FAILURE,
                    NOT_ATTEMPTED,
                    REJECTED,
                    REJECTED_CURRENT_BRANCH,
                    REJECTED_MISSING_OBJECT,
                    REJECTED_OTHER_REASON,
                    IO_FAILURE,
                    RENAMED -> throw new IOException(ref + " could not be changed: " + result);
        }
    }

    /// Whoever clones gets what branches and tags name.
    private static void hide(Repository repository) throws IOException {
        var config = repository.getConfig();
        var ours = OURS.substring(0, OURS.length() - 1);
        var hidden = new HashSet<>(Arrays.asList(config.getStringList(SECTION, null, HIDDEN)));
        if (hidden.add(ours)) {
            config.setStringList(SECTION, null, HIDDEN, hidden.stream().sorted().toList());
            config.save();
        }
    }
}
