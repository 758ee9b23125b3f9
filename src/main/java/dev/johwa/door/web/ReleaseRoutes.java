package dev.johwa.door.web;

import dev.johwa.build.pipeline.Passed;
import dev.johwa.build.pipeline.Pipelines;
import dev.johwa.door.api.Deployed;
import dev.johwa.door.api.Operation;
import dev.johwa.door.api.Orders;
import dev.johwa.door.api.ReleaseList;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Outcome;
import dev.johwa.serve.release.Release;
import dev.johwa.serve.release.Releases;
import dev.johwa.source.config.Rollout;
import dev.johwa.source.git.Commit;
import dev.johwa.source.git.Repositories;
import dev.johwa.watch.verdict.Undone;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Releases of an app: listed, gone back to, deployed again, scaled.
final class ReleaseRoutes {
    private static final String APP = "/api/v1/apps/{project}/{app}";
    private static final int MOST = 1000;

    private final Releases releases;
    private final Pipelines pipelines;
    private final Repositories repositories;
    private final LongWorks works;
    private final Undone undone;
    private final Clock clock;

    ReleaseRoutes(WebRooms rooms, LongWorks works) {
        this.releases = rooms.releases();
        this.pipelines = rooms.pipelines();
        this.repositories = rooms.repositories();
        this.works = works;
        this.undone = new Undone(rooms.releases(), rooms.releaseWatch());
        this.clock = rooms.clock();
    }

    List<Route> all() {
        return List.of(
                Route.get(APP + "/releases", Access.READ, "Releases, newest first", this::list)
                        .query("environment", "production by default")
                        .query("after", "a release's number: those before it")
                        .query("limit", "at most so many")
                        .gives(ReleaseList.class),
                Route.post(APP + "/rollback", Access.OPERATE, "Go back to an earlier release", this::rollback)
                        .takes(Orders.Rollback.class)
                        .gives(202, Operation.class),
                Route.post(APP + "/deploy", Access.OPERATE, "Deploy what was built before", this::deploy)
                        .takes(Orders.Deploy.class)
                        .gives(202, Operation.class),
                Route.post(APP + "/scale", Access.OPERATE, "Change how many instances run", this::scale)
                        .takes(Orders.Scale.class)
                        .gives(202, Operation.class));
    }

    private void list(Call call) {
        var where = where(call, call.query("environment").orElse(AppEnvironment.PRODUCTION));
        int limit = call.queryNumber("limit", 100, MOST);
        int after = call.queryNumber("after").orElse(Integer.MAX_VALUE);
        var known = releases.list(where);
        if (known.isEmpty()) {
            throw UnknownApp.problem(call, releases, where);
        }
        var page = known.stream()
                .filter(release -> release.number() < after)
                .limit(limit)
                .toList();
        boolean more =
                !page.isEmpty() && page.getLast().number() > known.getLast().number();
        call.answer(new ReleaseList(
                page.stream().map(release -> item(release, releases)).toList(),
                more ? Optional.of(Integer.toString(page.getLast().number())) : Optional.empty()));
    }

    static ReleaseList.Item item(Release release, Releases releases) {
        var canary = releases.canaries().shown(release.where());
        boolean isCanary = canary.filter(each -> each.canary().release() == release.number())
                .isPresent();
        double some = canary.map(each -> each.step().share() / 100.0).orElse(0.0);
        return new ReleaseList.Item(
                release.number(),
                release.commit(),
                release.artifact().text(),
                release.createdAt(),
                isCanary ? "canary" : Words.lower(release.state()),
                release.current(),
                release.branch(),
                release.run(),
                release.tests(),
                release.by(),
                release.reason(),
                releases.why(release).map(Words::lower),
                isCanary ? some : release.current() ? 100 - some : 0);
    }

    private void rollback(Call call) throws IOException {
        var order = call.body(Orders.Rollback.class);
        var where = where(call, order.environment());
        UnknownApp.require(call, releases, where);
        if (order.number().isEmpty()) {
            undone.refuseFurther(where, clock.now());
        }
        var by = call.by();
        answer(call, works.start("rollback", where.project(), progress -> {
            return deployed(releases.rollBack(where, order.number(), order.secretsOfThen(), by, progress));
        }));
    }

    private void deploy(Call call) throws IOException {
        var order = call.body(Orders.Deploy.class);
        var where = where(call, order.environment());
        var source = passed(call, where, order.source());
        var rollout = order.rollout().map(Rollout::typed);
        var by = call.by();
        answer(call, works.start("deploy", where.project(), progress -> {
            return deployed(releases.deploy(where, source, rollout, by, progress));
        }));
    }

    /// What was built of the commit or under the digest, meant for this environment.
    private Passed passed(Call call, AppEnvironment where, String source) {
        if (source == null || source.isBlank()) {
            throw Problem.user("deploy.source", "nothing was named to deploy")
                    .hint("name a commit, branch, tag or the digest of an artifact")
                    .exception();
        }
        boolean digest = source.startsWith("sha256:");
        var commit = digest ? Optional.<Commit>empty() : Optional.of(commit(call, where, source));
        var tree = commit.map(Commit::tree).orElse("");
        var found = Digest.isDigest(source)
                ? pipelines.passed(where.project(), where.app(), new Digest(source))
                : pipelines.passed(where.project(), where.app(), layer(where), tree);
        var built = found.orElseThrow(
                () -> Problem.user("deploy.unknown", "nothing that passed its tests was built of '" + source + "'")
                        .hint("push it first; `johwa runs " + where.project() + "` lists what passed")
                        .exception());
        return new Passed(
                where.project(),
                where.app(),
                where.environment(),
                layer(where),
                digest ? "" : source,
                commit.map(Commit::id).orElse(built.commit()),
                built.run(),
                built.artifact(),
                built.detection(),
                built.folder(),
                built.tests(),
                true,
                call.by());
    }

    private Commit commit(Call call, AppEnvironment where, String revision) {
        if (!repositories.exists(where.project())) {
            throw UnknownApp.problem(call, releases, where);
        }
        return repositories
                .resolve(where.project(), revision)
                .orElseThrow(() -> Problem.user(
                                "revision.unknown",
                                "project '" + where.project() + "' has no commit, branch or tag '" + revision + "'")
                        .hint("push it first")
                        .exception());
    }

    /// Whose settings hold there: those of its releases so far, else those of the environment's name.
    private String layer(AppEnvironment where) {
        return releases.list(where).stream().findFirst().map(Release::layer).orElse(where.environment());
    }

    private void scale(Call call) throws IOException {
        var order = call.body(Orders.Scale.class);
        var where = where(call, order.environment());
        UnknownApp.require(call, releases, where);
        answer(call, scale(releases, works, where, order.wanted()));
    }

    /// Refused at once where the numbers are none.
    static LongWork scale(Releases releases, LongWorks works, AppEnvironment where, Map<String, Integer> wanted) {
        wanted.values().stream()
                .filter(count -> count < 0 || count > 100)
                .findFirst()
                .ifPresent(count -> {
                    throw Problem.user("scale.number", count + " is no number of instances from 0 to 100")
                            .exception();
                });
        return works.start("scale", where.project(), progress -> {
            releases.scale(where, wanted, progress);
            int serving = releases.current(where).map(Release::number).orElse(0);
            return new Deployed(where.name(), where.environment(), serving, serving > 0, "", "");
        });
    }

    private static void answer(Call call, LongWork work) {
        call.answer(202, work.operation());
    }

    static Deployed deployed(Outcome outcome) {
        return new Deployed(
                outcome.where().name(),
                outcome.where().environment(),
                outcome.release(),
                outcome.live(),
                outcome.address(),
                outcome.reason());
    }

    /// Where nothing was live that could be released again.
    static Deployed none(AppEnvironment where) {
        return new Deployed(where.name(), where.environment(), 0, false, "", "");
    }

    static AppEnvironment where(Call call, String environment) {
        var chosen = environment == null || environment.isBlank() ? AppEnvironment.PRODUCTION : environment;
        return new AppEnvironment(call.path("project"), call.path("app"), chosen);
    }
}
