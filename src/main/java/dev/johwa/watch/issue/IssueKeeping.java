package dev.johwa.watch.issue;

import dev.johwa.lib.event.Entry;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.event.Subscription;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.source.git.Commit;
import dev.johwa.source.git.Pushed;
import dev.johwa.source.git.Repositories;
import dev.johwa.source.issue.Issues;
import dev.johwa.source.issue.Issues.Referring;
import dev.johwa.source.issue.Mention;
import dev.johwa.source.issue.Story.InRelease;
import dev.johwa.source.issue.Story.Reference;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Keeps issues up with what is pushed and released: commits that name one are noted, and one that they settle is
/// closed when they are live in production, not before.
public final class IssueKeeping {
    private static final String NAME = "issues";
    private static final String BRANCH = "refs/heads/";
    private static final Pattern NONE = Pattern.compile("0*");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final int MOST_COMMITS = 1_000;
    private static final Duration TIDIED = Duration.ofHours(1);

    private final Issues issues;
    private final Repositories repositories;
    private final Predicate<String> isElsewhere;

    /// @param isElsewhere whether `#3` in commits of a project is an issue of another host
    public IssueKeeping(Issues issues, Repositories repositories, Predicate<String> isElsewhere) {
        this.issues = issues;
        this.repositories = repositories;
        this.isElsewhere = isElsewhere;
    }

    public void start(FactLog facts, Tasks tasks) {
        facts.subscribe(Subscription.of(NAME).only(List.of(Pushed.class, DeploymentFinished.class)), this::hear);
        tasks.every(TIDIED, "tidy issues", () -> issues.keepOnly(new HashSet<>(repositories.list())));
    }

    /// Idempotent: what is noted is not noted again.
    void hear(Entry entry) {
        switch (entry.fact()) {
            case Pushed push -> pushed(push);
            case DeploymentFinished done -> released(done);
            default -> {}
        }
    }

    private void pushed(Pushed push) {
        boolean isOfBranch =
                push.ref().startsWith(BRANCH) && !NONE.matcher(push.to()).matches();
        boolean isOurs = isOfBranch && issues.areThere(push.repository()) && !isElsewhere.test(push.repository());
        if (!isOurs || !repositories.exists(push.repository())) {
            return;
        }
        var branch = push.ref().substring(BRANCH.length());
        var found = commits(push, branch)
                .flatMap(commit -> mentions(push.repository(), branch, commit))
                .toList();
        if (!found.isEmpty()) {
            issues.refer(push.repository(), found);
        }
    }

    /// Those that came; of a new branch those that the main one has not.
    private Stream<Commit> commits(Pushed push, String branch) {
        var project = push.repository();
        var to = repositories.resolve(project, push.to());
        var from = NONE.matcher(push.from()).matches()
                ? repositories.defaultBranch(project).filter(main -> !main.equals(branch))
                : Optional.of(push.from());
        var start = from.flatMap(revision -> repositories.resolve(project, revision))
                .map(Commit::id);
        return to.stream()
                .flatMap(end -> repositories.between(project, start.orElse(""), end.id(), MOST_COMMITS).stream());
    }

    private static Stream<Referring> mentions(String project, String branch, Commit commit) {
        return Mention.in(commit.message()).stream()
                .map(mention -> new Referring(
                        project,
                        mention.number(),
                        new Reference(
                                commit.id(),
                                commit.subject(),
                                commit.author(),
                                commit.committedAt(),
                                branch,
                                mention.closes(),
                                Optional.empty())));
    }

    private void released(DeploymentFinished done) {
        boolean counts = done.outcome().equals("live")
                && done.environment().equals(AppEnvironment.PRODUCTION)
                && COMMIT.matcher(done.commit()).matches();
        if (!counts || !repositories.exists(done.project())) {
            return;
        }
        var release = new InRelease(done.app(), done.release());
        var name = done.app().equals(done.project()) ? "" : " of " + done.app();
        for (var waiting : issues.waiting(done.project())) {
            if (isIn(waiting, done)) {
                issues.live(waiting, release, "Live in production with release " + done.release() + name);
            }
        }
        if (done.kind().equals("rollback")) {
            for (var settled : goneBack(done)) {
                issues.notLive(settled, "Live no more: production went back to release " + done.release() + name);
            }
        }
    }

    private List<Referring> goneBack(DeploymentFinished done) {
        return issues.settled(done.project()).stream()
                .filter(each -> each.commit()
                        .live()
                        .filter(live -> live.app().equals(done.app()))
                        .isPresent())
                .filter(each -> !isIn(each, done))
                .toList();
    }

    private boolean isIn(Referring referring, DeploymentFinished done) {
        return repositories.isAncestor(done.project(), referring.commit().commit(), done.commit());
    }
}
