package dev.johwa.watch.issue;

import dev.johwa.serve.release.Release;
import dev.johwa.serve.release.Releases;
import dev.johwa.source.git.Commit;
import dev.johwa.source.git.Repositories;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What changed since what was well before.
public final class Since {
    private final Repositories repositories;
    private final Releases releases;

    public Since(Repositories repositories, Releases releases) {
        this.repositories = repositories;
        this.releases = releases;
    }

    /// Commits since the newest release in an environment that was made of another commit and went live, with their
    /// authors, newest first.
    ///
    /// @param to the commit that is not well
    public List<String> changes(String project, String environment, String to, int most) {
        if (!repositories.exists(project)) {
            return List.of();
        }
        var newest = repositories.resolve(project, to);
        return newest.map(commit -> between(project, before(project, environment, commit), commit, most))
                .orElse(List.of());
    }

    private List<String> between(String project, Optional<Commit> from, Commit to, int most) {
        var commits = from.map(before -> repositories.between(project, before.id(), to.id(), most))
                .orElse(List.of(to));
        return commits.stream()
                .map(commit -> commit.shortId() + " " + commit.subject() + " (" + commit.author() + ")")
                .toList();
    }

    private Optional<Commit> before(String project, String environment, Commit to) {
        return releases.environments().stream()
                .filter(where ->
                        where.project().equals(project) && where.environment().equals(environment))
                .flatMap(where -> good(releases.list(where), to))
                .findFirst()
                .flatMap(release -> repositories.resolve(project, release.commit()));
    }

    private static Stream<Release> good(List<Release> all, Commit to) {
        return all.stream()
                .filter(release -> release.state() == Release.State.LIVE || release.state() == Release.State.RETIRED)
                .filter(release -> !release.commit().equals(to.id()))
                .limit(1);
    }
}
