package dev.johwa.watch.verdict;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Canary.Underway;
import dev.johwa.serve.release.Release;
import dev.johwa.serve.release.Releases;
import dev.johwa.serve.router.EdgeReport;
import dev.johwa.source.git.Commit;
import dev.johwa.source.git.Repositories;
import dev.johwa.watch.verdict.Beside.Business;
import dev.johwa.watch.verdict.Watched.Act;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Tells in a few lines what a release did to its users.
public final class Explanation {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Releases releases;
    private final Repositories repositories;
    private final ReleaseWatch watch;
    private final Clock clock;

    public Explanation(Releases releases, Repositories repositories, ReleaseWatch watch, Clock clock) {
        this.releases = releases;
        this.repositories = repositories;
        this.watch = watch;
        this.clock = clock;
    }

    /// @param verdict by now; empty where nobody watched
    /// @param lines at most ten
    public record Told(AppEnvironment where, int release, Optional<Verdict> verdict, List<String> lines) {
        public Told {
            lines = List.copyOf(lines);
        }
    }

    /// @param number of the release; empty: the one that serves
    /// @throws dev.johwa.lib.problem.ProblemException `release.unknown`, or where nothing is live
    public Told of(AppEnvironment where, OptionalInt number) {
        var release = number.isEmpty() ? releases.requireLive(where) : find(where, number.getAsInt());
        var lines = new ArrayList<String>();
        lines.add(where.name() + " release " + release.number() + " to " + where.environment() + ", "
                + TIME.format(release.createdAt()) + ", by " + release.by());
        commit(release).ifPresent(lines::add);
        var watched = watch.find(where, release.number());
        var verdict = watched.map(each -> each.verdict().orElseGet(() -> watch.judge(each)));
        if (watched.isPresent()) {
            tell(watched.get(), verdict.orElseThrow(), lines);
        } else {
            lines.add("verdict   none: " + unwatched(release));
        }
        lines.add("now       " + now(release, watched));
        return new Told(where, release.number(), verdict, lines);
    }

    private Optional<String> canary(Release release) {
        return releases.canaries().of(release.where(), release.number()).map(Underway::text);
    }

    private Release find(AppEnvironment where, int number) {
        return releases.find(where, number)
                .orElseThrow(() -> Problem.user("release.unknown", "there is no release " + number + " of " + where)
                        .hint("`johwa releases " + where.typed() + "` lists them")
                        .exception());
    }

    private Optional<String> commit(Release release) {
        var project = release.where().project();
        var found = repositories.exists(project)
                ? repositories.resolve(project, release.commit())
                : Optional.<Commit>empty();
        return found.map(each -> "commit    " + each.shortId() + " " + each.subject() + " (" + each.author() + ")");
    }

    private String unwatched(Release release) {
        if (canary(release).isPresent()) {
            return "it has its first requests";
        }
        return release.state() == Release.State.FAILED
                ? "it never served, " + release.reason()
                : "it was the first, a rollback, a preview, or is older than 30 days";
    }

    private void tell(Watched watched, Verdict verdict, List<String> lines) {
        boolean isOpen = watched.verdict().isEmpty();
        lines.add("verdict   " + verdict.kind().word()
                + (isOpen ? " so far, watched for " + length(watched) : " after " + verdict.seconds() + " s"));
        lines.add("why       " + verdict.reason());
        var steps = watch.steps(watched.where(), watched.release());
        var before = watched.before();
        long answers = steps.stream().mapToLong(Step::answers).sum();
        long errors = steps.stream().mapToLong(Step::errors).sum();
        lines.add("errors    " + share(errors, answers) + "; before " + share(before.errors(), before.answers()));
        lines.add("time      " + times(sum(steps)) + "; before " + times(before.buckets()));
        lines.add("restarts  " + steps.stream().mapToInt(Step::restarts).sum() + "; before " + before.restarts()
                + Optional.of(watch.beside().growth(watched).words())
                        .filter(words -> !words.isEmpty())
                        .map(words -> "; " + words)
                        .orElse(""));
        watch.beside().business(watched).ifPresent(each -> lines.add("counted   " + counted(each)));
        watch.beside().fresh(watched).stream().findFirst().ifPresent(kind -> lines.add("lines     " + kind.text()));
    }

    private static String counted(Business business) {
        return business.name() + ": " + business.now().text() + "; before "
                + business.before().text();
    }

    private String length(Watched watched) {
        long seconds =
                Math.max(0, Duration.between(watched.since(), clock.now()).toSeconds());
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
    }

    private static String share(long some, long all) {
        return all == 0
                ? "no requests"
                : String.format(Locale.ROOT, "%,d of %,d (%.2f %%)", some, all, 100.0 * some / all);
    }

    private static List<Long> sum(List<Step> steps) {
        return IntStream.rangeClosed(0, EdgeReport.BOUNDS.size())
                .mapToObj(i -> steps.stream()
                        .filter(step -> i < step.buckets().size())
                        .mapToLong(step -> step.buckets().get(i))
                        .sum())
                .toList();
    }

    private static String times(List<Long> buckets) {
        if (buckets.stream().allMatch(count -> count == 0)) {
            return "none";
        }
        return "half within " + millis(buckets, 0.5) + ", 95 of 100 within " + millis(buckets, 0.95);
    }

    /// The bound within which that share was answered.
    private static String millis(List<Long> buckets, double share) {
        double wanted = share * buckets.stream().mapToLong(Long::longValue).sum();
        long seen = 0;
        for (int i = 0; i < EdgeReport.BOUNDS.size(); i++) {
            seen += buckets.get(i);
            if (seen >= wanted) {
                return Math.round(1000 * EdgeReport.BOUNDS.get(i)) + " ms";
            }
        }
        return "more than " + Math.round(EdgeReport.BOUNDS.getLast()) + " s";
    }

    /// With what was done about a bad one, or, as long as it serves, why nothing was.
    private String now(Release release, Optional<Watched> watched) {
        int serving = releases.current(release.where()).map(Release::number).orElse(0);
        boolean isServing = serving == release.number();
        var done = watched.filter(each -> each.act() == (isServing ? Act.NOT_UNDONE : Act.UNDONE))
                .map(Watched::words);
        return isServing
                ? done.orElseGet(() -> now(release))
                : now(release) + done.map(words -> ". " + words).orElse("");
    }

    private String now(Release release) {
        var canary = canary(release);
        if (canary.isPresent()) {
            return canary.get() + "; " + command("promote", release) + " takes it on, " + command("rollback", release)
                    + " ends it";
        }
        return releases.current(release.where())
                .map(serving -> serving.number() == release.number()
                        ? "it serves; to go back: " + command("rollback", release)
                        : "release " + serving.number() + " serves")
                .orElse("nothing serves");
    }

    private static String command(String verb, Release release) {
        return "johwa " + verb + " " + release.where().typed();
    }
}
