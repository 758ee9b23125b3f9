package dev.johwa.watch.issue;

import dev.johwa.build.pipeline.Pipelines;
import dev.johwa.build.pipeline.Run;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.AppStatus;
import dev.johwa.serve.release.Release;
import dev.johwa.serve.release.Releases;
import dev.johwa.source.git.Repositories;
import dev.johwa.source.issue.Story.Reference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the change of an issue is: on which branch, tested by which run, in which release, live where.
public final class Whereabouts {
    private static final int BRANCHES = 50;
    private static final int RUNS = 100;
    private static final int RELEASES = 30;

    private final Repositories repositories;
    private final Pipelines pipelines;
    private final Releases releases;

    public Whereabouts(Repositories repositories, Pipelines pipelines, Releases releases) {
        this.repositories = repositories;
        this.pipelines = pipelines;
        this.releases = releases;
    }

    /// @param branches that hold all of it
    /// @param run the first that passed with all of it
    public record Way(List<String> branches, Optional<Tested> run, List<Place> places) {
        public Way {
            branches = List.copyOf(branches);
            places = List.copyOf(places);
        }
    }

    public record Tested(int number, Optional<Instant> at) {}

    /// @param app `shop`, or `shop/api`
    /// @param release the first with all of it
    /// @param live whether what serves now has all of it
    /// @param healthy since when what has it serves and is well; empty while it is not
    public record Place(String app, String environment, int release, boolean live, Optional<Instant> healthy) {}

    /// @param commits that name the issue; none of them for nothing
    public Way of(String project, List<Reference> commits) {
        if (commits.isEmpty() || !repositories.exists(project)) {
            return new Way(List.of(), Optional.empty(), List.of());
        }
        return new Search(project, commits.stream().map(Reference::commit).toList()).way();
    }

    /// One question, in which no two commits are compared twice.
    private final class Search {
        private final String project;
        private final List<String> commits;
        private final Map<String, Boolean> known = new HashMap<>();

        Search(String project, List<String> commits) {
            this.project = project;
            this.commits = commits;
        }

        Way way() {
            var branches = repositories.branches(project).stream()
                    .limit(BRANCHES)
                    .filter(branch -> isIn(branch.commit()))
                    .map(Repositories.Branch::name)
                    .toList();
            var tested = pipelines.list(Optional.of(project), RUNS).stream()
                    .filter(run -> run.state() == Run.State.PASSED && isIn(run.commit()))
                    .min(Comparator.comparingInt(Run::number))
                    .map(run -> new Tested(run.number(), run.finishedAt()));
            return new Way(branches, tested, places());
        }

        private boolean isIn(String tip) {
            return known.computeIfAbsent(
                    tip, key -> commits.stream().allMatch(each -> repositories.isAncestor(project, each, key)));
        }

        private List<Place> places() {
            var found = new ArrayList<Place>();
            for (var status : releases.status(Optional.of(project))) {
                place(status).ifPresent(found::add);
            }
            found.sort(
                    Comparator.comparing((Place place) -> !place.environment().equals(AppEnvironment.PRODUCTION))
                            .thenComparing(Place::environment)
                            .thenComparing(Place::app));
            return found;
        }

        private Optional<Place> place(AppStatus status) {
            var where = status.where();
            var first = releases.list(where).stream()
                    .limit(RELEASES)
                    .filter(release -> wentLive(release) && isIn(release.commit()))
                    .min(Comparator.comparingInt(Release::number));
            var current = releases.current(where).filter(release -> isIn(release.commit()));
            return first.map(release -> new Place(
                    where.name(),
                    where.environment(),
                    release.number(),
                    current.isPresent(),
                    current.filter(_ -> status.isWell()).map(Release::createdAt)));
        }

        private static boolean wentLive(Release release) {
            return release.state() == Release.State.LIVE || release.state() == Release.State.RETIRED;
        }
    }
}
