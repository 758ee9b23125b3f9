package dev.johwa.build.pipeline;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Components;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.json.Json;
import dev.johwa.source.detect.Detection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowViewMapper;

/// What passed its tests and was built: found again by tree and recipe, or by commit.
final class ResultStore {
    private static final RowViewMapper<Result> RESULT = row -> new Result(
            row.getColumn("project", String.class),
            row.getColumn("app", String.class),
            row.getColumn("trust", String.class),
            row.getColumn("tree", String.class),
            row.getColumn("recipe", String.class),
            row.getColumn("commit_id", String.class),
            new Digest(row.getColumn("artifact", String.class)),
            Json.read(row.getColumn("detection", String.class), Detection.class),
            row.getColumn("folder", String.class),
            row.getColumn("tests", Integer.class),
            row.getColumn("run", Integer.class));

    private final Database database;
    private final Clock clock;

    ResultStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// @param trust name of the layer of trust whose run it was, see [Trust]
    /// @param recipe hash of everything beside the files that decides what is built
    record Result(
            String project,
            String app,
            String trust,
            String tree,
            String recipe,
            String commit,
            Digest artifact,
            Detection detection,
            String folder,
            int tests,
            int run) {
        Result at(String otherTree, Trust by) {
            return new Result(
                    project, app, by.name(), otherTree, recipe, commit, artifact, detection, folder, tests, run);
        }
    }

    void put(Result result) {
        database.write(
                handle -> handle.createUpdate("insert into run_results (project, app, trust, tree, recipe, commit_id,"
                                + " artifact, detection, folder, tests, run, created_at) values (:project, :app, :trust, :tree, :recipe,"
                                + " :commit, :artifact, :detection, :folder, :tests, :run, :now)"
                                + " on conflict (project, app, trust, tree, recipe) do update set commit_id = excluded.commit_id,"
                                + " artifact = excluded.artifact, detection = excluded.detection, tests = excluded.tests,"
                                + " run = excluded.run, created_at = excluded.created_at")
                        .bindNamedArgumentFinder(Components.of(result))
                        .bind("artifact", result.artifact().text())
                        .bind("detection", Json.write(result.detection()))
                        .bind("now", clock.now().toEpochMilli())
                        .execute());
    }

    /// The newest of those that this layer may read.
    Optional<Result> find(Trust trust, String app, String tree, String recipe) {
        return database.read(handle -> handle.createQuery("select * from run_results where project = :project"
                        + " and app = :app and trust in (<trusted>) and tree = :tree and recipe = :recipe"
                        + " order by created_at desc limit 1")
                .bindList("trusted", trust.readNames())
                .bind("project", trust.project())
                .bind("app", app)
                .bind("tree", tree)
                .bind("recipe", recipe)
                .map(RESULT)
                .findOne());
    }

    /// What was made of an app at a tree, newest first, whoever made it.
    List<Result> atTree(String project, String app, String tree) {
        return newest(project, app, "tree", tree);
    }

    Optional<Result> ofArtifact(String project, String app, String artifact) {
        return newest(project, app, "artifact", artifact).stream().findFirst();
    }

    private List<Result> newest(String project, String app, String column, String value) {
        return database.read(handle -> handle.createQuery("select * from run_results where project = :project"
                        + " and app = :app and " + column + " = :value order by created_at desc")
                .bind("project", project)
                .bind("app", app)
                .bind("value", value)
                .map(RESULT)
                .list());
    }

    /// The artifacts of the newest results of each app, so many of each: they may still be deployed.
    List<Digest> newestArtifacts(int perApp) {
        return database.read(handle -> handle
                .createQuery("select artifact from (select artifact, row_number() over"
                        + " (partition by project, app order by created_at desc) as place from run_results) as newest"
                        + " where place <= :most")
                .bind("most", perApp)
                .mapTo(String.class)
                .list()
                .stream()
                .map(Digest::new)
                .toList());
    }

    void deleteProject(String project) {
        database.write(handle -> handle.createUpdate("delete from run_results where project = :project")
                .bind("project", project)
                .execute());
    }
}
