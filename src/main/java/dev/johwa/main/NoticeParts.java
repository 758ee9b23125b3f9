package dev.johwa.main;

import dev.johwa.build.pipeline.Pipelines;
import dev.johwa.build.pipeline.RunWords;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.http.HostLookup;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Release;
import dev.johwa.serve.release.Releases;
import dev.johwa.source.git.Commit;
import dev.johwa.source.host.Tracker;
import dev.johwa.watch.issue.ConditionIssues;
import dev.johwa.watch.issue.Since;
import dev.johwa.watch.log.LogLine;
import dev.johwa.watch.log.LogSearch;
import dev.johwa.watch.notice.Evidence;
import dev.johwa.watch.notice.Look;
import dev.johwa.watch.notice.NoticePorts;
import dev.johwa.watch.notice.Notices;
import dev.johwa.watch.notice.Sign.App;
import dev.johwa.watch.notice.Sign.Detail;
import dev.johwa.watch.notice.Sign.Said;
import dev.johwa.watch.notice.WaitingCanaries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/// What is looked up in other rooms for a word to people.
final class NoticeParts implements Evidence {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int LINES = 15;
    private static final int FIRST = 5;
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int CHANGES = 10;

    private final Parts parts;
    private final Pipelines pipelines;
    private final Releases releases;
    private final WatchParts watching;
    private final Supplier<String> base;

    /// @param base where people reach pages; empty when they cannot
    NoticeParts(Parts parts, Pipelines pipelines, Releases releases, WatchParts watching, Supplier<String> base) {
        this.parts = parts;
        this.pipelines = pipelines;
        this.releases = releases;
        this.watching = watching;
        this.base = base;
    }

    Notices notices(Clock clock, Tasks tasks, List<Look> looks, Tracker tracker) {
        var all = new ArrayList<>(looks);
        all.add(watching.alerts());
        all.addAll(watching.looks());
        all.add(new WaitingCanaries(releases, clock));
        all.add(parts.artifacts().look(releases, tasks));
        return new Notices(new NoticePorts(
                parts.database(),
                parts.facts(),
                parts.values(),
                clock,
                tasks,
                this,
                List.copyOf(all),
                tracker,
                watching.incidents(),
                new ConditionIssues(watching.issues()),
                HostLookup::byMachine,
                PATIENCE));
    }

    @Override
    public Optional<RunSeen> run(String project, int number) {
        return pipelines.find(project, number).map(run -> {
            var environment = run.environment().orElse("");
            return new RunSeen(
                    environment,
                    !environment.isEmpty() && pipelines.isPreview(run),
                    pipelines.isRefused(run),
                    run.by(),
                    run.subject(),
                    run.advice(),
                    words(project, number));
        });
    }

    private Said words(String project, int number) {
        var last = pipelines.wordsBefore(project, number, -1, LINES);
        var first = pipelines.wordsAfter(project, number, 0, FIRST).lines().stream()
                .filter(line -> line.at() < last.start())
                .toList();
        return new Said(plain(first), plain(last.lines()));
    }

    private static List<String> plain(List<RunWords.Line> lines) {
        return lines.stream().map(RunWords.Line::plain).toList();
    }

    @Override
    public boolean isThere(Place place) {
        if (place.app().isEmpty()) {
            return parts.repositories().exists(place.project());
        }
        var where = new AppEnvironment(place.project(), place.app(), place.environment());
        boolean isKnown = releases.environments().contains(where);
        return isKnown
                && (place.job().isEmpty()
                        || releases.current(where)
                                .filter(release -> release.settings().schedule().containsKey(place.job()))
                                .isPresent());
    }

    @Override
    public boolean isPreview(String project, String app, String environment) {
        return releases.isPreview(new AppEnvironment(project, app, environment));
    }

    @Override
    public Said said(String project, String app, String environment, int release) {
        var where = new AppEnvironment(project, app, environment);
        var last = parts.kept().said().read(lines(where, release, LINES));
        var begin = releases.find(where, release).map(Release::createdAt);
        if (last.size() < LINES || begin.isEmpty()) {
            return new Said(List.of(), texts(last));
        }
        var soon = lines(where, release, FIRST).between(begin.get(), begin.get().plus(SOON));
        var first = parts.kept().store().first(soon).stream()
                .filter(line -> line.sequence() < last.getFirst().sequence())
                .toList();
        return new Said(texts(first), texts(last));
    }

    private static LogSearch lines(AppEnvironment where, int release, int most) {
        return new LogSearch(
                where.name(),
                where.environment(),
                most,
                OptionalInt.of(release),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                0);
    }

    private static List<String> texts(List<LogLine> lines) {
        return lines.stream().flatMap(line -> line.text().lines()).toList();
    }

    @Override
    public Optional<Released> release(App app, OptionalInt number) {
        var where = AppEnvironment.of(app.name(), app.environment());
        var found = number.isPresent() ? releases.find(where, number.getAsInt()) : releases.current(where);
        return found.map(release -> new Released(release.number(), release.commit()));
    }

    @Override
    public List<Detail> figures(App app) {
        return watching.drawn().of(app);
    }

    @Override
    public List<String> changes(String project, String environment, String to) {
        return new Since(parts.repositories(), releases).changes(project, environment, to, CHANGES);
    }

    @Override
    public String commit(String project, String id) {
        return parts.repositories().resolve(project, id).map(NoticeParts::told).orElse(id);
    }

    private static String told(Commit commit) {
        return commit.shortId() + " " + commit.subject();
    }

    @Override
    public String hide(String project, String line) {
        return parts.masks().of(project).apply(line);
    }

    @Override
    public String address(String path) {
        var start = base.get();
        return path.isEmpty() || start.isEmpty() ? "" : start + path;
    }
}
