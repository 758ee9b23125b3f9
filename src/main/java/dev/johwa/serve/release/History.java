package dev.johwa.serve.release;

import dev.johwa.serve.release.DeploymentFinished.Change;
import dev.johwa.source.git.Commit;
import dev.johwa.source.git.Repositories;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What came into an environment with a release: commits that it never had before, with what they say of others.
final class History {
    private static final int MOST = 5_000;
    private static final Pattern REVERTS = Pattern.compile("(?m)^\\s*This reverts commit ([0-9a-f]{7,40})");
    private static final Pattern FIXES = Pattern.compile("(?mi)^\\s*Fixes:\\s*([0-9a-f]{7,40})");

    private final Repositories repositories;

    History(Repositories repositories) {
        this.repositories = repositories;
    }

    /// @param previous commit that served before, or empty
    /// @param isKnown whether a commit was in an earlier deployment there
    List<Change> changes(String project, String previous, String commit, Predicate<String> isKnown) {
        if (previous.isEmpty() || previous.equals(commit) || !repositories.exists(project)) {
            return List.of();
        }
        if (repositories.resolve(project, previous).isEmpty()) {
            return List.of();
        }
        return repositories.between(project, previous, commit, MOST).stream()
                .filter(each -> !isKnown.test(each.id()))
                .map(History::change)
                .toList();
    }

    private static Change change(Commit commit) {
        return new Change(
                commit.id(),
                commit.committedAt(),
                commit.authoredAt(),
                commit.isMerge(),
                commit.subject(),
                named(REVERTS, commit.message()),
                named(FIXES, commit.message()));
    }

    private static List<String> named(Pattern pattern, String message) {
        return pattern.matcher(message)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
