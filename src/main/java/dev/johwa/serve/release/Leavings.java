package dev.johwa.serve.release;

import dev.johwa.source.git.Progress;
import dev.johwa.source.git.Pushed;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What deleted apps leave behind: their data, values, secrets and, with the last app, the repository. It stays for a
/// week, in case the deletion was a mistake, and then goes. A release of the app that goes live takes it over.
final class Leavings {
    static final Duration KEPT = Duration.ofDays(7);
    private static final Logger LOG = LoggerFactory.getLogger(Leavings.class);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final Ports ports;
    private final AppEnvironments environments;
    private final OpenDeployments deployments;

    Leavings(Ports ports, AppEnvironments environments) {
        this.ports = ports;
        this.environments = environments;
        this.deployments = new OpenDeployments(ports.database());
    }

    /// An app of a project.
    ///
    /// @param leaving whether some of it may serve still
    record Left(String project, String app, Instant deletedAt, boolean leaving) {
        String name() {
            return new AppEnvironment(project, app, AppEnvironment.PRODUCTION).name();
        }

        boolean isOf(AppEnvironment where) {
            return where.project().equals(project) && where.app().equals(app);
        }
    }

    /// From now on all of the app is to go, also when the control plane ends in the middle of it.
    void begin(String project, String app) {
        store(new Left(project, app, ports.clock().now(), true));
    }

    /// What was begun and not kept yet.
    List<Left> begun() {
        return left().stream().filter(Left::leaving).toList();
    }

    /// Keeps what the app leaves for a week, now that nothing of it serves.
    void keep(String project, String app, Progress progress) {
        var now = ports.clock().now();
        var left = new Left(project, app, now, false);
        store(left);
        progress.say("  " + left.name() + " is deleted. Its data, settings, secrets and repository stay until "
                + DAY.format(now.plus(KEPT)) + ":");
        ports.target().data(left.name()).forEach(folder -> progress.say("    " + folder));
        progress.say("    a push of " + left.name() + " before then brings it back, `johwa apps delete " + left.name()
                + " --now` lets all of it go at once.");
    }

    private void store(Left left) {
        ports.database()
                .write(handle -> handle.createUpdate(
                                "insert into deleted_apps (project, app, deleted_at, leaving) values (:project, :app,"
                                        + " :at, :leaving) on conflict (project, app) do update set deleted_at = :at,"
                                        + " leaving = :leaving")
                        .bind("project", left.project())
                        .bind("app", left.app())
                        .bind("at", left.deletedAt().toEpochMilli())
                        .bind("leaving", left.leaving())
                        .execute());
    }

    private void forget(String project, String app) {
        ports.database()
                .write(handle -> handle.createUpdate("delete from deleted_apps where project = :project and app = :app")
                        .bind("project", project)
                        .bind("app", app)
                        .execute());
    }

    /// @return whether there was anything
    boolean goNow(String project, String app) {
        return go(left().stream()
                .filter(each -> each.project().equals(project) && each.app().equals(app))
                .toList());
    }

    void goWhereDue() {
        left().stream().filter(this::isBack).forEach(each -> forget(each.project(), each.app()));
        var limit = ports.clock().now().minus(KEPT);
        go(left().stream()
                .filter(each -> !each.leaving() && each.deletedAt().isBefore(limit))
                .filter(each -> !wasPushedSince(each.project(), limit))
                .toList());
    }

    /// A push that led to no release has left commits here that may be nowhere else.
    private boolean wasPushedSince(String project, Instant limit) {
        return ports.facts().last(Pushed.class, project).filter(limit::isBefore).isPresent();
    }

    private boolean isBack(Left left) {
        return !left.leaving() && environments.list().stream().anyMatch(current -> left.isOf(current.where()));
    }

    private boolean isComing(Left left) {
        return deployments.list().stream().anyMatch(open -> left.isOf(open.where()));
    }

    private boolean go(List<Left> due) {
        var all = due.stream().filter(each -> !isBack(each) && !isComing(each)).toList();
        for (var each : all) {
            LOG.info("app={} leaves nothing behind from now on", each.name());
            ports.target().discard(each.name());
            ports.data().discard(each.project(), each.app());
            ports.values().forget(each.project(), each.app());
            boolean isLast = isLast(each);
            if (isLast) {
                ports.target().discardProject(each.project());
                ports.repositories().delete(each.project());
            }
            ports.facts().append(new AppDiscarded(each.project(), each.app(), isLast));
            // Last: as long as it is known, what is left of it goes another time.
            forget(each.project(), each.app());
        }
        return !all.isEmpty();
    }

    private boolean isLast(Left app) {
        return environments.list().stream()
                        .noneMatch(current -> current.where().project().equals(app.project()))
                && left().stream().noneMatch(other -> other.project().equals(app.project()) && !other.equals(app));
    }

    private List<Left> left() {
        return ports.database()
                .read(handle -> handle.createQuery("select * from deleted_apps")
                        .map(row -> new Left(
                                row.getColumn("project", String.class),
                                row.getColumn("app", String.class),
                                Instant.ofEpochMilli(row.getColumn("deleted_at", Long.class)),
                                row.getColumn("leaving", Boolean.class)))
                        .list());
    }
}
