package dev.johwa.build.pipeline;

import dev.johwa.lib.db.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.result.RowView;

/// The newest runs of many projects and refs, read in a few questions however many those are.
final class NewestRuns {
    private static final String NEWEST = " join (select project, max(number) as number from runs"
            + " where project in (<projects>) group by project) n on n.project = s.project and n.number = s.number";

    private final Database database;

    NewestRuns(Database database) {
        this.database = database;
    }

    private record Attempt(String project, int number, int attempt) {}

    /// The newest run of each of some projects, with its stages.
    List<Run> of(Collection<String> projects) {
        if (projects.isEmpty()) {
            return List.of();
        }
        var names = List.copyOf(projects);
        return database.read(handle -> {
            var stages = handle.createQuery("select s.* from run_stages s" + NEWEST + " order by s.position")
                    .bindList("projects", names)
                    .reduceRows(new HashMap<Attempt, List<Run.Stage>>(), NewestRuns::add);
            return handle
                    .createQuery("select s.* from runs s" + NEWEST)
                    .bindList("projects", names)
                    .mapToMap()
                    .list()
                    .stream()
                    .map(row ->
                            RunStore.run(row, stages.getOrDefault(attempt(RunStore.run(row, List.of())), List.of())))
                    .toList();
        });
    }

    private static Attempt attempt(Run run) {
        return new Attempt(run.project(), run.number(), run.attempt());
    }

    private static Map<Attempt, List<Run.Stage>> add(Map<Attempt, List<Run.Stage>> stages, RowView row) {
        var attempt = new Attempt(
                row.getColumn("project", String.class),
                row.getColumn("number", Integer.class),
                row.getColumn("attempt", Integer.class));
        stages.computeIfAbsent(attempt, _ -> new ArrayList<>()).add(RunStore.stage(row));
        return stages;
    }

    /// The runs that a ref had.
    ///
    /// @param ofCommits the newest of each commit
    /// @param passed the newest that passed; 0 where none did
    record OfRef(Map<String, Integer> ofCommits, int passed) {
        static final OfRef NONE = new OfRef(Map.of(), 0);

        /// Whether the newest that passed is no newer than the newest of a commit, which has one.
        boolean isUpTo(String commit) {
            var run = ofCommits.get(commit);
            return run != null && run >= passed;
        }

        private OfRef with(RowView row) {
            var commits = new HashMap<>(ofCommits);
            commits.put(row.getColumn("commit_id", String.class), row.getColumn("newest", Integer.class));
            return new OfRef(commits, Math.max(passed, row.getColumn("passed", Integer.class)));
        }
    }

    /// By ref; without runs of refs that were deleted since.
    Map<String, OfRef> ofRefs(String project) {
        return database.read(handle -> handle.createQuery("select ref, commit_id, max(number) as newest,"
                        + " max(case when state = 'PASSED' then number else 0 end) as passed from runs"
                        + " where project = :project and not gone group by ref, commit_id")
                .bind("project", project)
                .reduceRows(new HashMap<String, OfRef>(), (known, row) -> {
                    known.merge(
                            row.getColumn("ref", String.class), OfRef.NONE.with(row), (before, _) -> before.with(row));
                    return known;
                }));
    }

    /// Refs that are deleted: what ran there tells nothing of what they name when they come back.
    void deleted(String project, Collection<String> refs) {
        if (refs.isEmpty()) {
            return;
        }
        database.write(handle -> {
            var batch = handle.prepareBatch(
                    "update runs set gone = true where project = :project and ref = :ref and not gone");
            refs.forEach(ref -> batch.bind("project", project).bind("ref", ref).add());
            return batch.execute();
        });
    }

    /// How many of the newest runs are in each state.
    Map<Run.State, Integer> states(int most) {
        return database.read(handle -> handle.createQuery("select state, count(*) as times from"
                        + " (select state from runs order by created_at desc, number desc limit :most) as newest"
                        + " group by state")
                .bind("most", most)
                .reduceRows(new EnumMap<Run.State, Integer>(Run.State.class), (states, row) -> {
                    var state = Run.State.valueOf(row.getColumn("state", String.class));
                    states.put(state, row.getColumn("times", Integer.class));
                    return states;
                }));
    }
}
