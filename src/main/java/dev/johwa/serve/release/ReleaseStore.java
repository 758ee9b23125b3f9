package dev.johwa.serve.release;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Components;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.json.Json;
import dev.johwa.serve.release.Release.State;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.Settings;
import dev.johwa.source.detect.Detection;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/// Releases in the database. What a release is made of never changes; its state does.
final class ReleaseStore {
    private static final String SELECT = "select r.*, coalesce(e.current, 0) as current_number from releases r"
            + " left join app_environments e on e.project = r.project and e.app = r.app and e.environment = r.environment"
            + " where r.project = :project and r.app = :app";

    /// Of each environment what serves, what comes, also by going back, and of those that were live the `:most` up to
    /// what serves and the `:most` newest, of which some are newer after a rollback.
    static final String KEPT = "(select r.*, r.number <= coalesce(e.current, 0) as is_earlier,"
            + " o.release is not null as is_goal,"
            + " row_number() over (partition by r.project, r.app, r.environment order by r.number desc) as place,"
            + " row_number() over (partition by r.project, r.app, r.environment, r.number <= coalesce(e.current, 0)"
            + " order by r.number desc) as place_among"
            + " from releases r"
            + " left join app_environments e on e.project = r.project and e.app = r.app and e.environment = r.environment"
            + " left join open_deployments o on o.project = r.project and o.app = r.app"
            + " and o.environment = r.environment and o.release = r.number"
            + " where r.was_live or r.state = 'DEPLOYING' or o.release is not null) as kept"
            + " where place <= :most or is_earlier and place_among <= :most or state = 'LIVE' or is_goal";

    /// More than so many that are not known yet are read in one question: all of them, at a start.
    private static final int ONE_BY_ONE = 8;

    private final Database database;
    private final Clock clock;
    private final Contents contents = new Contents();

    ReleaseStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Adds a release with the next number of its app; the number of the one that is handed in does not count.
    Release add(Release draft) {
        return database.write(handle -> {
            int number = bind(
                            handle.createQuery("select coalesce(max(number), 0) + 1 from releases"
                                    + " where project = :project and app = :app"),
                            draft.where())
                    .mapTo(Integer.class)
                    .one();
            handle.createUpdate(
                            "insert into releases (project, app, number, environment, layer, branch, commit_id, run,"
                                    + " artifact, detection, settings, secrets_version, tests, by_name, state, command_ran,"
                                    + " reason, created_at, was_live) values (:project, :app, :number, :environment, :layer,"
                                    + " :branch, :commit, :run, :artifact, :detection, :settings, :secretsVersion, :tests, :by,"
                                    + " 'DEPLOYING', false, '', :now, false)")
                    .bindNamedArgumentFinder(Components.of(draft))
                    .bindNamedArgumentFinder(Components.of(draft.where()))
                    .bind("number", number)
                    .bind("artifact", draft.artifact().text())
                    .bind("detection", Json.write(draft.detection()))
                    .bind("settings", Json.write(draft.settings()))
                    .bind("now", clock.now().toEpochMilli())
                    .execute();
            return find(handle, draft.where(), number).orElseThrow();
        });
    }

    Optional<Release> find(AppEnvironment where, int number) {
        return database.read(handle -> find(handle, where, number));
    }

    private Optional<Release> find(Handle handle, AppEnvironment where, int number) {
        return bind(handle.createQuery(SELECT + " and r.number = :number"), where)
                .bind("number", number)
                .map(this::release)
                .findOne();
    }

    /// What serves, of a project or of all. Of those that are known only what may have changed is read, from an index.
    Map<AppEnvironment, Release> serving(Optional<String> project) {
        List<Release> all = database.read(handle -> {
            var rows = serving(
                            handle, "r.number, r.created_at, r.state, r.command_ran, r.reason = '' as plain", project)
                    .map(this::known)
                    .list();
            long others = rows.stream().filter(row -> row.known().isEmpty()).count();
            return others > ONE_BY_ONE
                    ? serving(handle, "r.*, e.current as current_number", project)
                            .map(this::release)
                            .list()
                    : rows.stream()
                            .flatMap(row -> row.known().or(() -> find(handle, row.where(), row.number())).stream())
                            .toList();
        });
        return all.stream().collect(Collectors.toMap(Release::where, Function.identity()));
    }

    private record Serving(AppEnvironment where, int number, Optional<Release> known) {}

    /// One that says why it is as it is, which few do, is read.
    private Serving known(RowView row) {
        var key = key(row, "", true);
        boolean isPlain = row.getColumn("plain", Boolean.class);
        return new Serving(key.where(), key.number(), isPlain ? contents.find(key) : Optional.empty());
    }

    /// Asked of one project, it finds its rows by the key. The order of the tables is as they are to be read.
    private static Query serving(Handle handle, String columns, Optional<String> project) {
        var query = handle.createQuery("select e.project, e.app, e.environment, " + columns
                + " from app_environments e cross join releases r where r.project = e.project and r.app = e.app"
                + " and r.environment = e.environment and r.number = e.current"
                + (project.isPresent() ? " and e.project = :project" : ""));
        project.ifPresent(name -> query.bind("project", name));
        return query;
    }

    private static Contents.Key key(RowView row, String reason, boolean isCurrent) {
        return new Contents.Key(
                AppEnvironments.where(row),
                row.getColumn("number", Integer.class),
                row.getColumn("created_at", Long.class),
                row.getColumn("state", String.class),
                row.getColumn("command_ran", Boolean.class),
                reason,
                isCurrent);
    }

    /// What serves there.
    Optional<Release> serving(AppEnvironment where) {
        return database.read(handle -> bind(
                        handle.createQuery(SELECT + " and r.environment = :environment and r.number = e.current"),
                        where)
                .map(this::release)
                .findOne());
    }

    /// Newest first.
    List<Release> list(AppEnvironment where) {
        return list(where, Integer.MAX_VALUE);
    }

    List<Release> list(AppEnvironment where, int most) {
        return database.read(handle -> bind(
                        handle.createQuery(
                                SELECT + " and r.environment = :environment order by r.number desc limit :most"),
                        where)
                .bind("most", most)
                .map(this::release)
                .list());
    }

    /// The newest one before another, of the same run in the same place.
    Optional<Release> before(Release release) {
        return database.read(handle -> bind(
                        handle.createQuery(
                                SELECT + " and r.environment = :environment and r.number < :number and r.run = :run"
                                        + " order by r.number desc limit 1"),
                        release.where())
                .bind("number", release.number())
                .bind("run", release.run())
                .map(this::release)
                .findFirst());
    }

    /// Whatever became of it.
    Optional<Release> newest(AppEnvironment where) {
        return list(where, 1).stream().findFirst();
    }

    /// The newest before a number, whatever became of it.
    Optional<Release> previous(AppEnvironment where, int number) {
        return before(where, number, "");
    }

    private Optional<Release> before(AppEnvironment where, int number, String condition) {
        return database.read(handle -> bind(
                        handle.createQuery(SELECT + " and r.environment = :environment" + condition
                                + " and r.number < :number order by r.number desc limit 1"),
                        where)
                .bind("number", number)
                .map(this::release)
                .findOne());
    }

    /// Where the newest release is a preview's, whatever became of it.
    List<AppEnvironment> previews() {
        return database.read(handle -> handle.createQuery("select e.project, e.app, e.environment,"
                        + " coalesce((select r.layer from releases r where r.project = e.project and r.app = e.app"
                        + " and r.environment = e.environment order by r.number desc limit 1), '') as layer"
                        + " from app_environments e order by e.project, e.app, e.environment")
                .reduceRows(new ArrayList<AppEnvironment>(), (previews, row) -> {
                    if (Configs.isPreview(row.getColumn("layer", String.class))) {
                        previews.add(AppEnvironments.where(row));
                    }
                    return previews;
                }));
    }

    /// The newest release before a number that was live once.
    Optional<Release> liveBefore(AppEnvironment where, int number) {
        return before(where, number, " and r.was_live");
    }

    /// Whether it served once.
    boolean wasLive(AppEnvironment where, int number) {
        return database.read(handle -> bind(
                        handle.createQuery("select was_live from releases where project = :project and app = :app"
                                + " and number = :number"),
                        where)
                .bind("number", number)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false));
    }

    /// Releases that were on their way when the control plane ended; a canary goes on.
    List<Release> deploying() {
        return database.read(handle -> handle
                .createQuery(
                        "select distinct project, app, environment, number from releases r where state = 'DEPLOYING'"
                                + " and not exists (select 1 from canaries c where c.project = r.project"
                                + " and c.app = r.app and c.environment = r.environment and c.release = r.number)")
                .map(row -> find(handle, AppEnvironments.where(row), row.getColumn("number", Integer.class)))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList());
    }

    void mark(Release release, State state, String reason) {
        database.write(handle -> bind(
                        handle.createUpdate("update releases set state = :state, reason = :reason,"
                                + " was_live = was_live or :live where project = :project and app = :app"
                                + " and number = :number"),
                        release.where())
                .bind("state", state.name())
                .bind("reason", reason)
                .bind("live", state == State.LIVE)
                .bind("number", release.number())
                .execute());
    }

    /// What a release on its way showed itself to be.
    void show(Release release) {
        database.write(handle -> bind(
                        handle.createUpdate("update releases set detection = :detection, settings = :settings"
                                + " where project = :project and app = :app and number = :number"
                                + " and state = 'DEPLOYING'"),
                        release.where())
                .bind("detection", Json.write(release.detection()))
                .bind("settings", Json.write(release.settings()))
                .bind("number", release.number())
                .execute());
    }

    void markCommandRan(Release release) {
        database.write(handle -> bind(
                        handle.createUpdate("update releases set command_ran = true where project = :project"
                                + " and app = :app and number = :number"),
                        release.where())
                .bind("number", release.number())
                .execute());
    }

    /// Artifacts that a rollback may need: of what serves, and of so many releases before it that were live.
    List<Digest> artifacts(int perEnvironment) {
        return kept("artifact", perEnvironment).stream().map(Digest::new).toList();
    }

    /// Folders of runtimes of the same releases.
    Set<Path> tools(int perEnvironment) {
        return kept("detection", perEnvironment).stream()
                .flatMap(text -> Json.read(text, Detection.class).tools().stream())
                .map(Path::of)
                .collect(Collectors.toSet());
    }

    /// Commits of the same releases, by project.
    Map<String, Set<String>> commits(int perEnvironment) {
        return database.read(handle -> handle.createQuery("select distinct project, commit_id from " + KEPT)
                .bind("most", perEnvironment)
                .reduceRows(new HashMap<String, Set<String>>(), (commits, row) -> {
                    commits.computeIfAbsent(row.getColumn("project", String.class), _ -> new HashSet<>())
                            .add(row.getColumn("commit_id", String.class));
                    return commits;
                }));
    }

    private List<String> kept(String column, int perEnvironment) {
        return database.read(handle -> handle.createQuery("select distinct <column> from " + KEPT)
                .define("column", column)
                .bind("most", perEnvironment)
                .mapTo(String.class)
                .list());
    }

    /// Forgets the releases of an app in an environment.
    void delete(AppEnvironment where) {
        database.write(handle -> {
            for (var table : List.of(
                    "releases",
                    "app_environments",
                    "app_scales",
                    "instances",
                    "process_ends",
                    "settings_orders",
                    "canaries",
                    "experiments")) {
                bind(
                                handle.createUpdate("delete from " + table + " where project = :project and app = :app"
                                        + " and environment = :environment"),
                                where)
                        .execute();
            }
            return 0;
        });
    }

    private Release release(RowView row) {
        var number = row.getColumn("number", Integer.class);
        boolean isCurrent = row.getColumn("current_number", Integer.class).equals(number);
        var key = key(row, row.getColumn("reason", String.class), isCurrent);
        return contents.of(key, () -> read(key, row));
    }

    private static Release read(Contents.Key key, RowView row) {
        return new Release(
                key.where(),
                key.number(),
                row.getColumn("layer", String.class),
                row.getColumn("branch", String.class),
                row.getColumn("commit_id", String.class),
                row.getColumn("run", Integer.class),
                new Digest(row.getColumn("artifact", String.class)),
                Json.read(row.getColumn("detection", String.class), Detection.class),
                Json.read(row.getColumn("settings", String.class), Settings.class),
                row.getColumn("secrets_version", Long.class),
                row.getColumn("tests", Integer.class),
                row.getColumn("by_name", String.class),
                State.valueOf(key.state()),
                key.current(),
                key.commandRan(),
                key.reason(),
                Instant.ofEpochMilli(key.createdAt()));
    }

    static <S extends SqlStatement<S>> S bind(S statement, AppEnvironment where) {
        return statement
                .bind("project", where.project())
                .bind("app", where.app())
                .bind("environment", where.environment());
    }
}
