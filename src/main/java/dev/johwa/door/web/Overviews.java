package dev.johwa.door.web;

import dev.johwa.build.pipeline.Run;
import dev.johwa.door.api.Road;
import dev.johwa.door.web.page.Overview;
import dev.johwa.door.web.page.Overview.Figures;
import dev.johwa.door.web.page.Overview.Last;
import dev.johwa.door.web.page.Overview.Out;
import dev.johwa.door.web.page.Overview.Placed;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.AppStatus;
import dev.johwa.serve.release.Release;
import dev.johwa.source.host.Connection;
import dev.johwa.source.identity.Permission;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Gathers what the page of a project tells, from the rooms that know it.
final class Overviews {
    private static final int RELEASES = 8;
    private static final int RUNS = 8;
    private static final int WORDS = 8;
    private static final int TOLD = 5;

    private final WebRooms rooms;
    private final Messages messages;
    private final RunHealth health;

    Overviews(WebRooms rooms, Messages messages) {
        this.rooms = rooms;
        this.messages = messages;
        this.health = new RunHealth(rooms.releases(), rooms.releaseWatch());
    }

    Overview of(String project, Call call) {
        var statuses = statuses(project);
        var runs = rooms.pipelines().list(Optional.of(project), RUNS).stream()
                .map(run -> RunRoutes.item(run, List.of()))
                .toList();
        boolean mayOperate = mayOperate(call, project);
        var places = statuses.stream().map(AppStatus::where).toList();
        return new Overview(
                project,
                statuses.stream()
                        .sorted(Comparator.comparing(status -> !status.where().isProduction()))
                        .map(status -> placed(status))
                        .toList(),
                last(project, statuses),
                out(project, places, RELEASES),
                runs,
                rooms.connections().find(project).map(Overviews::home),
                word(project, mayOperate),
                rooms.schedules().list(places::contains).stream()
                        .filter(job -> job.job().enabled() || job.name().where().isProduction())
                        .map(JobRoutes::item)
                        .toList(),
                mayOperate);
    }

    /// How the apps of a project are, with what was counted at the edge by now.
    List<AppStatus> statuses(String project) {
        rooms.traffic().refresh();
        return rooms.releases().status(Optional.of(project));
    }

    static boolean mayOperate(Call call, String project) {
        return call.identity()
                .filter(who -> who.may(Permission.OPERATE, Optional.of(project)))
                .isPresent();
    }

    private Overview.Word word(String project, boolean mayOperate) {
        var notices = rooms.notices();
        var receivers = notices.receivers().stream()
                .filter(each -> mayOperate && each.project().equals(project))
                .map(each -> ReceiverItems.item(each, notices))
                .toList();
        var told = notices.told(project::equals, TOLD).stream()
                .map(ReceiverItems::condition)
                .toList();
        return new Overview.Word(receivers, told);
    }

    private static Overview.Home home(Connection connection) {
        var home = connection.home();
        return new Overview.Home(
                home.shown(),
                home.page(),
                connection.issues().all(),
                connection.standing().why());
    }

    Placed placed(AppStatus status) {
        var where = status.where();
        var current = rooms.releases().current(where);
        var subject = current.map(release -> messages.subject(where.project(), release.commit()))
                .orElse("");
        return new Placed(
                AppRoutes.app(status),
                current.map(release -> ReleaseRoutes.item(release, rooms.releases())),
                subject,
                messages.issues(where.project()).in(subject),
                current.flatMap(release -> rooms.releases().before(where))
                        .map(release -> ReleaseRoutes.item(release, rooms.releases())),
                figures(where));
    }

    private List<Figures> figures(AppEnvironment where) {
        var now = rooms.clock().now();
        return rooms.traffic().lastHour(where.name(), where.environment()).stream()
                .map(served -> ServedFigures.of(
                        served,
                        now,
                        rooms.releases().find(where, served.release()).map(Release::createdAt)))
                .toList();
    }

    /// The newest run of a project, with its road.
    Optional<Last> last(String project, List<AppStatus> statuses) {
        return rooms.pipelines().list(Optional.of(project), 1).stream()
                .findFirst()
                .flatMap(newest -> rooms.pipelines().find(project, newest.number()))
                .map(run -> last(run, statuses, true));
    }

    /// The same of a run that is known.
    ///
    /// @param isConnected whether its project may have its home elsewhere, whose issues commits name
    Last last(Run run, List<AppStatus> statuses, boolean isConnected) {
        var words = run.state().isOver()
                ? List.<String>of()
                : rooms.pipelines().wordsBefore(run.project(), run.number(), -1, WORDS).lines().stream()
                        .map(line -> line.plain())
                        .toList();
        var item = RunRoutes.item(run, isConnected ? messages.issues(run) : List.of());
        return new Last(item, Road.of(item, health.of(run, statuses)), words);
    }

    /// The newest releases of a project, newest first.
    List<Out> out(String project, int most) {
        var places = rooms.releases().environments().stream()
                .filter(where -> where.project().equals(project))
                .toList();
        return out(project, places, most);
    }

    Out out(Release release) {
        return out(release, messages.issues(release.where().project()));
    }

    private Out out(Release release, IssueLinks issues) {
        var subject = messages.subject(release.where().project(), release.commit());
        return new Out(
                release.where().name(),
                release.where().environment(),
                ReleaseRoutes.item(release, rooms.releases()),
                subject,
                issues.in(subject));
    }

    /// Those of some of its environments.
    List<Out> out(String project, List<AppEnvironment> places, int most) {
        var issues = messages.issues(project);
        return places.stream()
                .flatMap(where -> rooms.releases().list(where, most).stream())
                .sorted(Comparator.comparing(Release::createdAt).reversed())
                .limit(most)
                .map(release -> out(release, issues))
                .toList();
    }
}
