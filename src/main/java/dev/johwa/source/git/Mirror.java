package dev.johwa.source.git;

import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.git.Push.RefUpdate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate.Result;

/// A project whose home is elsewhere: what its origin has is brought here, and what moved goes the road of a push.
///
/// What was fetched lies apart from the branches, below [#SEEN], until it moves them. So whatever is between the two
/// when the process ends is still to be seen by the next one. Safe for use by many threads, one at a time a project.
public final class Mirror {
    /// Refs as the origin had them when it was last fetched from.
    public static final String SEEN = "refs/origin/";

    private final Repositories repositories;
    private final FactLog facts;
    private final OnPush onPush;

    public Mirror(Repositories repositories, FactLog facts, OnPush onPush) {
        this.repositories = repositories;
        this.facts = facts;
        this.onPush = onPush;
    }

    /// What an origin shows.
    ///
    /// @param refs commits by the whole name of their ref
    /// @param head the branch that it calls its own, without `refs/heads/`
    public record Shown(Map<String, String> refs, Optional<String> head) {
        public Shown {
            refs = Map.copyOf(refs);
        }
    }

    /// Asks which refs there are now, and fetches nothing.
    ///
    /// @param patterns such as `refs/heads/*`
    public Shown look(Origin origin, List<String> patterns) throws OriginFailed {
        return git().show(origin, patterns);
    }

    /// Makes the repository of a project that mirrors an address, and takes no pushes any more.
    public void open(String project, String url) {
        repositories.createWhenMissing(project);
        try {
            var config = repositories.repository(project).getConfig();
            config.setString(ConfigConstants.CONFIG_REMOTE_SECTION, "origin", ConfigConstants.CONFIG_KEY_URL, url);
            // Who clones from here wants the branches.
            config.setString("uploadpack", null, "hideRefs", SEEN.substring(0, SEEN.length() - 1));
            config.save();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes it a project of its own, which is pushed to.
    public void close(String project) {
        if (!repositories.exists(project)) {
            return;
        }
        try (var _ = repositories.turnToWrite(project)) {
            var config = repositories.repository(project).getConfig();
            config.unsetSection(ConfigConstants.CONFIG_REMOTE_SECTION, "origin");
            config.unset("uploadpack", null, "hideRefs");
            config.save();
            for (var ref : seen(project).keySet()) {
                update(project, SEEN + ref, RefUpdate.NOTHING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        repositories.deleteWhenEmpty(project);
    }

    /// Fetches refs of the origin with all that they need, each object checked.
    ///
    /// @param refs whole names, or patterns such as `refs/heads/*`; each is kept below [#SEEN]
    public void fetch(String project, Origin origin, List<String> refs) throws OriginFailed {
        try (var _ = repositories.turnToWrite(project)) {
            var words = refs.stream().map(ref -> "+" + ref + ":" + seenAs(ref)).toList();
            git().fetch(repositories.path(project), origin, words);
            repositories.repository(project).getRefDatabase().refresh();
        }
    }

    private static String seenAs(String ref) {
        return SEEN + ref.substring("refs/".length());
    }

    /// What was fetched, by the name at the origin without `refs/`: `heads/main`.
    public Map<String, String> seen(String project) {
        return refs(project, SEEN);
    }

    /// The branches of the project itself, and the proposals that run here: `heads/main`, `pull/7/head`.
    public Map<String, String> own(String project) {
        var found = refs(project, Constants.R_REFS);
        found.keySet().removeIf(name -> !name.startsWith("heads/") && !name.startsWith("pull/"));
        return found;
    }

    private Optional<String> own(String project, String ref) {
        try {
            return Optional.ofNullable(repositories.repository(project).exactRef(ref))
                    .flatMap(found -> Optional.ofNullable(found.getObjectId()))
                    .map(ObjectId::name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> refs(String project, String prefix) {
        try {
            var found = new TreeMap<String, String>();
            for (var ref : repositories.repository(project).getRefDatabase().getRefsByPrefix(prefix)) {
                if (ref.getObjectId() != null) {
                    found.put(
                            ref.getName().substring(prefix.length()),
                            ref.getObjectId().name());
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Forgets a ref that the origin has no more.
    public void forget(String project, String name) {
        try (var _ = repositories.turnToWrite(project)) {
            update(project, SEEN + name, RefUpdate.NOTHING);
        }
    }

    /// Makes HEAD name this branch, as the origin's does.
    public void follow(String project, String branch) {
        if (!repositories.defaultBranch(project).equals(Optional.of(branch))) {
            repositories.link(project, Constants.R_HEADS + branch);
        }
    }

    /// Moves a ref of the project to a commit, or away, and does all that follows a push, in the background.
    ///
    /// @param ref its whole name
    /// @param to a commit that is here, or [RefUpdate#NOTHING]
    /// @param by who is told as the one who pushed
    public void move(String project, String ref, String to, String by, Progress progress) {
        repositories.moves().around(() -> moveAndFollow(project, ref, to, by, progress));
    }

    private void moveAndFollow(String project, String ref, String to, String by, Progress progress) {
        String from;
        try (var _ = repositories.turnToWrite(project)) {
            from = own(project, ref).orElse(RefUpdate.NOTHING);
            if (from.equals(to)) {
                return;
            }
            update(project, ref, to);
        }
        boolean isForced = !from.equals(RefUpdate.NOTHING)
                && !to.equals(RefUpdate.NOTHING)
                && !repositories.isAncestor(project, from, to);
        var push = new Push(project, by, List.of(new RefUpdate(ref, from, to, isForced)), List.of(Push.NO_WAIT));
        facts.append(push.facts());
        repositories.learnDefaultBranch(project, push.updates());
        onPush.pushed(push, progress);
    }

    private void update(String project, String ref, String to) {
        try {
            var update = repositories.repository(project).updateRef(ref);
            update.setForceUpdate(true);
            Result result;
            if (to.equals(RefUpdate.NOTHING)) {
                result = update.delete();
            } else {
                update.setNewObjectId(ObjectId.fromString(to));
                result = update.update();
            }
            switch (result) {
                case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
                case NOT_ATTEMPTED,
                        LOCK_FAILURE,
                        REJECTED,
                        REJECTED_CURRENT_BRANCH,
                        REJECTED_MISSING_OBJECT,
                        REJECTED_OTHER_REASON,
                        IO_FAILURE,
                        RENAMED ->
                    throw Problem.resource("mirror.ref", ref + " of " + project + " cannot be moved: " + result)
                            .hint("the next look at its origin tries again")
                            .exception();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RemoteGit git() {
        return repositories
                .nativeGit()
                .map(NativeGit::remote)
                .orElseThrow(() -> Problem.resource("mirror.no-git", "there is no git on the server to fetch with")
                        .hint("install it there: apt-get install git")
                        .exception());
    }
}
