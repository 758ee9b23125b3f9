package dev.johwa.watch.incident;

import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Releases;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.BinaryOperator;

/// Of the figures that are kept, and of what serves.
public final class FromFigures implements Sights {
    private static final Duration BEFORE = Duration.ofHours(2);
    private static final Duration STEP = Duration.ofMinutes(1);
    /// What shows may be counted a moment later.
    private static final Duration AFTER = Duration.ofMinutes(2);
    /// Bad minutes that are as far apart are of one stretch.
    private static final Duration APART = Duration.ofMinutes(10);

    private final Telemetry telemetry;
    private final Releases releases;
    private final BinaryOperator<String> hide;

    /// @param hide the secrets of a project in a line
    public FromFigures(Telemetry telemetry, Releases releases, BinaryOperator<String> hide) {
        this.telemetry = telemetry;
        this.releases = releases;
        this.hide = hide;
    }

    @Override
    public String hide(String project, String line) {
        return hide.apply(project, line);
    }

    @Override
    public Optional<Instant> firstBad(String app, String environment, Instant until) {
        var query = "sum(increase(johwa_app_requests_total{app=" + Labels.quoted(app) + ",environment="
                + Labels.quoted(environment) + ",status=~\"5..\"}[1m])) > 0";
        var found = telemetry.range(query, until.minus(BEFORE), until.plus(AFTER), STEP, any -> true);
        var bad = new ArrayList<Instant>();
        for (var series : found.series()) {
            for (long at : series.samples().times()) {
                bad.add(Instant.ofEpochMilli(at));
            }
        }
        Optional<Instant> first = Optional.empty();
        var edge = until.plus(AFTER);
        for (var at : bad.reversed()) {
            if (at.plus(APART).isBefore(edge)) {
                break;
            }
            edge = at;
            first = Optional.of(at.minus(STEP));
        }
        return first;
    }

    @Override
    public Optional<Serving> serving(String project, String app, String environment) {
        return releases.current(new AppEnvironment(project, app, environment))
                .map(release -> new Serving(release.number(), release.createdAt()));
    }
}
