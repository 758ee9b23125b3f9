package dev.johwa.watch.alert;

import dev.johwa.watch.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;

/// The ledger of what is kept over time: asked by the same queries as the rules that Prometheus gets, so that both see
/// the same.
public final class FiguresLedger implements Ledger {
    private final Telemetry telemetry;

    public FiguresLedger(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public Events events(Objective objective, Duration window, Instant end) {
        double total = number(PrometheusRules.total(objective, window), end);
        return total == 0 ? Events.NONE : new Events(number(PrometheusRules.bad(objective, window), end), total);
    }

    private double number(String query, Instant end) {
        return telemetry.number(query, end).filter(Double::isFinite).orElse(0.0);
    }
}
