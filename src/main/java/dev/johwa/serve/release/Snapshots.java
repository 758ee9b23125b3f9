package dev.johwa.serve.release;

import dev.johwa.build.pipeline.Passed;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.ProjectFile;
import dev.johwa.source.config.Settings;
import dev.johwa.source.config.Values;
import dev.johwa.source.detect.Detection;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Makes the unchanging part of a release: an artifact with the settings of this moment.
final class Snapshots {
    static final String FILE = "johwa.yaml";

    private final Ports ports;

    Snapshots(Ports ports) {
        this.ports = ports;
    }

    /// A release that has no number yet.
    Release of(Passed passed, AppEnvironment where) {
        var layer = passed.layer().isEmpty() ? layerOf(where) : passed.layer();
        makeSecrets(where, layer, passed);
        return new Release(
                where,
                0,
                layer,
                passed.branch(),
                passed.commit(),
                passed.run(),
                passed.artifact(),
                passed.detection(),
                settings(where, layer, passed.branch(), passed.commit(), passed.detection()),
                secretsVersion(where, layer),
                passed.tests(),
                passed.by(),
                Release.State.DEPLOYING,
                false,
                false,
                "",
                Instant.EPOCH);
    }

    /// Whether a release of this would run the same as what lives, in the same way.
    ///
    /// @param secrets version of those that it has
    boolean isSame(Release live, Passed passed, long secrets) {
        var now = passed.detection();
        return live.artifact().equals(passed.artifact())
                && secrets == secretsVersion(live.where(), live.layer())
                && live.detection().container().equals(now.container())
                && live.detection().start().equals(now.start())
                && live.settings().equals(settings(live.where(), live.layer(), passed.branch(), passed.commit(), now));
    }

    /// Those that the application wants made, and that nobody gives it.
    private void makeSecrets(AppEnvironment where, String layer, Passed passed) {
        var wanted = passed.detection().needs().generated();
        if (!wanted.isEmpty()) {
            var given = settings(where, layer, passed.branch(), passed.commit(), passed.detection())
                    .values()
                    .keySet();
            ports.values()
                    .makeSecrets(
                            new Values.Scope(where.project(), where.app(), layer),
                            wanted.stream()
                                    .filter(name -> !given.contains(name))
                                    .toList());
        }
    }

    /// Refuses values with which the rules of the server would not let what is live be released again.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException naming each value and the rule
    void requireFitting(Release live, Map<String, String> more) {
        var where = live.where();
        var values = new HashMap<>(ports.values().list(new Values.Scope(where.project(), where.app(), live.layer())));
        values.putAll(more);
        var wanted = new Configs.Wanted(where.project(), where.app(), live.layer(), live.branch());
        ports.configs().resolve(wanted, file(where, live.commit()), live.detection(), values);
    }

    /// The same artifact with the settings and secrets of now.
    ///
    /// @param by who changed them
    Release again(Release live, String by) {
        var where = live.where();
        return new Release(
                where,
                0,
                live.layer(),
                live.branch(),
                live.commit(),
                live.run(),
                live.artifact(),
                live.detection(),
                settings(where, live.layer(), live.branch(), live.commit(), live.detection()),
                secretsVersion(where, live.layer()),
                live.tests(),
                by,
                Release.State.DEPLOYING,
                false,
                false,
                "",
                Instant.EPOCH);
    }

    /// The same as another service, where nobody says what it is.
    ///
    /// @return empty where the project or the server says it
    Optional<Release> as(Release release, Detection.Service service) {
        var shown = release.detection().as(service);
        var settings = settings(release.where(), release.layer(), release.branch(), release.commit(), shown);
        return settings.service() == service ? Optional.of(release.with(shown, settings)) : Optional.empty();
    }

    long secretsVersion(AppEnvironment where, String layer) {
        return ports.values().secretsVersion(new Values.Scope(where.project(), where.app(), layer));
    }

    private Settings settings(AppEnvironment where, String layer, String branch, String commit, Detection detection) {
        var wanted = new Configs.Wanted(where.project(), where.app(), layer, branch);
        var values = ports.values().list(new Values.Scope(where.project(), where.app(), layer));
        return ports.configs()
                .resolve(wanted, file(where, commit), detection, values)
                .settings();
    }

    private ProjectFile file(AppEnvironment where, String commit) {
        return ports.repositories()
                .file(where.project(), commit, FILE)
                .map(text -> Configs.parse(FILE, text))
                .orElseGet(ProjectFile::none);
    }

    private static String layerOf(AppEnvironment where) {
        return where.environment();
    }
}
