package dev.johwa.main;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.graph.Unit;
import dev.johwa.lib.text.Bars;
import dev.johwa.watch.notice.Sign.App;
import dev.johwa.watch.notice.Sign.Detail;
import dev.johwa.watch.telemetry.Grid;
import dev.johwa.watch.telemetry.Selector;
import dev.johwa.watch.telemetry.Telemetry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// How an app did in the last half hour, drawn with characters for who gets no pictures.
record DrawnFigures(Telemetry telemetry, Clock clock) {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MINUTES = 30;
    private static final String REQUESTS = "johwa_app_requests_total";

    /// Its requests and the share of those that failed; none where nobody asked it.
    List<Detail> of(App app) {
        var grid = new Grid(clock.now().minus(MINUTE.multipliedBy(MINUTES)), MINUTE, MINUTES);
        var its = Selector.of(app.name(), app.environment());
        var requests = telemetry.grown(its.of(REQUESTS), grid);
        if (Arrays.stream(requests).sum() == 0) {
            return List.of();
        }
        var errors = telemetry.grown(its.like("status", "5..").of(REQUESTS), grid);
        var shares = new double[MINUTES];
        Arrays.setAll(shares, i -> requests[i] == 0 ? 0 : Math.min(1, errors[i] / requests[i]));
        return List.of(drawn("Requests", requests, Unit.COUNT), drawn("Errors", shares, Unit.SHARE));
    }

    private static Detail drawn(String name, double[] values, Unit unit) {
        double most = Arrays.stream(values).max().orElse(0);
        return new Detail(
                name, Bars.of(values) + " at most " + unit.text(most) + " in a minute of the last " + MINUTES);
    }
}
