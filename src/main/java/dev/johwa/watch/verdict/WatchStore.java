package dev.johwa.watch.verdict;

import dev.johwa.lib.db.Database;
import dev.johwa.lib.json.Json;
import dev.johwa.serve.release.AppEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowViewMapper;
import org.jdbi.v3.core.statement.SqlStatement;

/// Watched releases in the database, with all that was counted of each, so that a verdict can be found again.
final class WatchStore {
    private static final String PLACE =
            " where project = :project and app = :app and environment = :environment and release = :release";
    private static final RowViewMapper<Watched> WATCHED = WatchedRow::read;

    private final Database database;

    WatchStore(Database database) {
        this.database = database;
    }

    private static <S extends SqlStatement<S>> S bind(S statement, AppEnvironment where, int release) {
        return statement
                .bind("project", where.project())
                .bind("app", where.app())
                .bind("environment", where.environment())
                .bind("release", release);
    }

    /// An app that was deleted and came back has the same numbers again.
    ///
    /// @return whether it is watched from now on, and was not before
    boolean begin(Watched watched) {
        return database.write(handle -> {
            var known = find(handle, watched.where(), watched.release());
            if (known.filter(each -> each.commit().equals(watched.commit()) && !isOvertaken(each, watched))
                    .isPresent()) {
                return false;
            }
            for (var table : List.of("release_watch_steps", "release_watches")) {
                bind(handle.createUpdate("delete from " + table + PLACE), watched.where(), watched.release())
                        .execute();
            }
            bind(
                            handle.createUpdate("insert into release_watches (project, app, environment, release,"
                                    + " revision, since, baseline, kind, cause, seconds, reason, act, words) values"
                                    + " (:project, :app, :environment, :release, :revision, :since, :baseline, '',"
                                    + " 'NONE', 0, '', 'NONE', '')"),
                            watched.where(),
                            watched.release())
                    .bind("revision", watched.commit())
                    .bind("since", watched.since())
                    .bind("baseline", Json.write(watched.before()))
                    .execute();
            return true;
        });
    }

    /// A canary that nothing was found of serves all from now on.
    private static boolean isOvertaken(Watched known, Watched watched) {
        return known.verdict().isEmpty() && watched.since().isAfter(known.since());
    }

    Optional<Watched> find(AppEnvironment where, int release) {
        return database.read(handle -> find(handle, where, release));
    }

    private static Optional<Watched> find(Handle handle, AppEnvironment where, int release) {
        return bind(handle.createQuery("select * from release_watches" + PLACE), where, release)
                .map(WATCHED)
                .findOne();
    }

    /// Notes that it began at another time of day.
    ///
    /// @return it by that time
    Watched move(Watched watched, Duration time) {
        var moved = watched.movedBy(time);
        database.write(handle -> bind(
                        handle.createUpdate("update release_watches set since = :since" + PLACE),
                        watched.where(),
                        watched.release())
                .bind("since", moved.since())
                .execute());
        return moved;
    }

    /// Those without a verdict, those that were being undone, and those that are watched on though something was told.
    List<Watched> open() {
        return database.read(
                handle -> handle.createQuery("select * from release_watches where kind = '' or act = 'UNDOING'"
                                + " or cause = 'COUNTER' and seconds < " + Judge.LONGEST + " order by since")
                        .map(WATCHED)
                        .list());
    }

    /// Those that were found good and began lately.
    List<Watched> good(Instant since) {
        return database.read(
                handle -> handle.createQuery("select * from release_watches where kind = 'GOOD' and since > :since")
                        .bind("since", since)
                        .map(WATCHED)
                        .list());
    }

    /// Two looks may fall into one second; the times of the later one are not kept then.
    void note(Watched watched, Step step) {
        database.write(handle -> bind(
                        handle.createUpdate("insert into release_watch_steps (project, app, environment, release,"
                                + " second, answers, errors, buckets, restarts) values (:project, :app, :environment,"
                                + " :release, :second, :answers, :errors, :buckets, :restarts)"
                                + " on conflict (project, app, environment, release, second) do update set"
                                + " answers = release_watch_steps.answers + excluded.answers,"
                                + " errors = release_watch_steps.errors + excluded.errors,"
                                + " restarts = release_watch_steps.restarts + excluded.restarts"),
                        watched.where(),
                        watched.release())
                .bind("second", step.second())
                .bind("answers", step.answers())
                .bind("errors", step.errors())
                .bind("buckets", Json.write(step.buckets()))
                .bind("restarts", step.restarts())
                .execute());
    }

    /// What was counted, in its order.
    List<Step> steps(AppEnvironment where, int release) {
        return steps(where, release, -1);
    }

    /// What was counted after a second, in its order.
    List<Step> steps(AppEnvironment where, int release, long after) {
        return database.read(handle -> bind(
                        handle.createQuery(
                                "select * from release_watch_steps" + PLACE + " and second > :after order by second"),
                        where,
                        release)
                .bind("after", after)
                .map((RowViewMapper<Step>) row -> new Step(
                        row.getColumn("second", Long.class),
                        row.getColumn("answers", Long.class),
                        row.getColumn("errors", Long.class),
                        List.of(Json.read(row.getColumn("buckets", String.class), Long[].class)),
                        row.getColumn("restarts", Integer.class)))
                .list());
    }

    /// Of one that is watched for long.
    void forgetSteps(Watched watched, long until) {
        database.write(handle -> bind(
                        handle.createUpdate("delete from release_watch_steps" + PLACE + " and second <= :until"),
                        watched.where(),
                        watched.release())
                .bind("until", until)
                .execute());
    }

    /// Within the transaction that is handed in.
    void judged(Handle handle, Watched watched) {
        var verdict = watched.verdict().orElseThrow();
        bind(
                        handle.createUpdate(
                                "update release_watches set kind = :kind, cause = :cause, seconds = :seconds,"
                                        + " reason = :reason, act = :act, words = :words, baseline = :baseline"
                                        + PLACE),
                        watched.where(),
                        watched.release())
                .bind("kind", verdict.kind().name())
                .bind("cause", verdict.cause().name())
                .bind("seconds", verdict.seconds())
                .bind("reason", verdict.reason())
                .bind("act", watched.act().name())
                .bind("words", watched.words())
                .bind("baseline", Json.write(watched.before()))
                .execute();
    }

    /// Those that are judged; a canary may go on for long.
    void forget(Instant before) {
        database.write(handle -> {
            handle.createUpdate("delete from release_watch_steps where exists (select 1 from release_watches w where"
                            + " w.project = release_watch_steps.project and w.app = release_watch_steps.app and"
                            + " w.environment = release_watch_steps.environment and"
                            + " w.release = release_watch_steps.release and w.since < :before"
                            + " and w.kind <> '')")
                    .bind("before", before)
                    .execute();
            return handle.createUpdate("delete from release_watches where since < :before and kind <> ''")
                    .bind("before", before)
                    .execute();
        });
    }
}
