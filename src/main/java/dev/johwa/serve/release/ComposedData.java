package dev.johwa.serve.release;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.data.AppDatabase;
import dev.johwa.serve.data.Contained;
import dev.johwa.source.config.Configs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Databases that are services of a compose file: known by their images, dumped before what may change their shape, and
/// in a preview filled with what lies in `fixtures/`. Safe for use by many threads.
///
/// A preview is filled once, when its jobs have shaped the database and before what people visit starts; what fails
/// then is tried once more when that is healthy, as many shape the database when they start. Other files later mean a
/// volume that begins anew, so all of the preview is deployed again.
final class ComposedData {
    /// What a database is filled with while it is: nobody knows how much of it is in.
    private static final String BEGUN = "begun";

    private final Ports ports;
    private final Map<AppEnvironment, Pending> pending = new ConcurrentHashMap<>();

    ComposedData(Ports ports) {
        this.ports = ports;
    }

    /// What is to be done once the visited service is healthy.
    ///
    /// @param files by database, those that are left
    /// @param hashes by database
    private record Pending(Map<AppDatabase, List<ComposedFixtures.Each>> files, Map<AppDatabase, String> hashes) {}

    private Contained contained() {
        return ports.data().contained();
    }

    private ComposedFixtures fixtures(AppEnvironment where) {
        return new ComposedFixtures(ports.repositories(), where.project());
    }

    /// Writes down whether the service of a release is a database; that of a preview whose fixtures are others than it
    /// was filled with begins anew.
    ///
    /// @param stopping ends what runs there
    void prepare(Deployment going, Runnable stopping) {
        var release = going.release();
        var owner = Databases.owner(release.where());
        if (!release.detection().isComposed()) {
            contained().forget(owner);
            return;
        }
        var kind = Contained.kind(release.detection().run());
        if (kind.isEmpty()) {
            contained().forget(owner);
            return;
        }
        contained().note(owner, kind.get());
        if (release.isPreview()) {
            contained().of(owner).ifPresent(database -> renew(going, database, stopping));
        }
    }

    private void renew(Deployment going, AppDatabase database, Runnable stopping) {
        var where = going.where();
        var known = contained().fixtures(database);
        if (known.isEmpty()
                || known.equals(hash(where, database, going.release().commit()))) {
            return;
        }
        stopping.run();
        ports.target().renew(where.name(), where.environment());
        contained().filled(database, "");
        going.progress().stage("fixtures", "others than before: " + where.app() + " begins with an empty volume", -1);
    }

    private String hash(AppEnvironment where, AppDatabase database, String commit) {
        var others = contained().in(where.project(), where.environment());
        return ComposedFixtures.hash(fixtures(where).of(database, others, commit));
    }

    /// Whether a preview is to be deployed since what its databases begin with is not in them.
    boolean isDue(String project, String environment, String layer, String commit) {
        if (!Configs.isPreview(layer)) {
            return false;
        }
        var where = new AppEnvironment(project, project, environment);
        return contained().in(project, environment).stream()
                .anyMatch(each -> !contained().fixtures(each).equals(hash(where, each, commit)));
    }

    /// Keeps what they hold before a command of a release of their project may change it. One that never could be
    /// dumped does not stop a release.
    void dump(Deployment going) {
        var release = going.release();
        if (release.isPreview() || !release.detection().isComposed()) {
            return;
        }
        var where = going.where();
        for (var database : contained().in(where.project(), where.environment())) {
            if (database.createdAt().isBefore(going.startedAt())) {
                dump(going, database);
            }
        }
    }

    private void dump(Deployment going, AppDatabase database) {
        var dumps = ports.data().dumps();
        try {
            dumps.make(database, "before-release-" + going.release().number(), going.progress());
        } catch (ProblemException e) {
            if (!dumps.list(database).isEmpty()) {
                throw e;
            }
            going.progress()
                    .say("            " + database.owner() + " is not dumped before: "
                            + e.problem().text());
        }
    }

    /// Before what people visit starts.
    void fill(Deployment going) {
        var where = going.where();
        pending.remove(where);
        boolean isVisited = where.app().equals(where.project());
        if (!going.release().isPreview() || !going.release().detection().isComposed() || !isVisited) {
            return;
        }
        var commit = going.release().commit();
        var files = new LinkedHashMap<AppDatabase, List<ComposedFixtures.Each>>();
        var hashes = new LinkedHashMap<AppDatabase, String>();
        var all = contained().in(where.project(), where.environment());
        for (var database : all) {
            var wanted = fixtures(where).of(database, all, commit);
            var hash = ComposedFixtures.hash(wanted);
            if (!hash.equals(contained().fixtures(database))) {
                files.put(database, wanted);
                hashes.put(database, hash);
            }
        }
        try {
            fill(going, new Pending(files, hashes));
        } catch (ProblemException e) {
            going.progress()
                    .say("            fixtures wait until " + where + " runs: "
                            + e.problem().message());
        }
    }

    /// When that is healthy: what failed before.
    ///
    /// @throws DeploymentFailed when it fails again
    void fillRest(Deployment going) {
        var rest = pending.remove(going.where());
        if (rest != null) {
            try {
                fill(going, rest);
            } catch (ProblemException e) {
                pending.remove(going.where());
                throw new DeploymentFailed(
                        "fixtures: " + e.problem().message(),
                        List.of("what is filled into a preview must fit the shape that its database has then"));
            }
        }
    }

    private void fill(Deployment going, Pending wanted) {
        long start = ports.clock().ticks();
        int done = 0;
        for (var each : wanted.files().entrySet()) {
            var database = each.getKey();
            var left = new ArrayList<>(each.getValue());
            contained().filled(database, BEGUN);
            while (!left.isEmpty()) {
                try {
                    fill(going, database, left.getFirst());
                } catch (ProblemException e) {
                    pending.put(going.where(), rest(wanted, database, left));
                    throw e;
                }
                left.removeFirst();
                done++;
            }
            contained().filled(database, wanted.hashes().getOrDefault(database, ""));
        }
        if (done > 0) {
            going.progress().stage("fixtures", done + " done", (ports.clock().ticks() - start) / 1_000_000);
        }
    }

    /// From that database on.
    private static Pending rest(Pending wanted, AppDatabase database, List<ComposedFixtures.Each> left) {
        var files = new LinkedHashMap<AppDatabase, List<ComposedFixtures.Each>>();
        wanted.files().forEach((each, all) -> {
            if (each.equals(database)) {
                files.put(each, left);
            } else if (!files.isEmpty()) {
                files.put(each, all);
            }
        });
        return new Pending(files, wanted.hashes());
    }

    private void fill(Deployment going, AppDatabase database, ComposedFixtures.Each file) {
        var text = fixtures(going.where()).text(going.release().commit(), file);
        if (file.isProgram()) {
            contained().run(database, text);
        } else {
            contained().fill(database, text);
        }
    }
}
