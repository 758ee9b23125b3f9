package dev.johwa.watch.alert;

import dev.johwa.watch.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/// The ledger of what is kept over time. Safe for use by many threads.
public final class FiguresLedger implements Ledger {
    private final Telemetry telemetry;
    private final UnaryOperator<String> query;

    private FiguresLedger(Telemetry telemetry, UnaryOperator<String> query) {
        this.telemetry = telemetry;
        this.query = query;
    }

    /// Asks what the rules that Prometheus gets ask, so that both see the same.
    public static FiguresLedger ofRules(Telemetry telemetry) {
        return new FiguresLedger(telemetry, query -> query);
    }

    /// Counts whole requests, for people: `increase` carries what it saw on to the ends of its window.
    public static FiguresLedger ofRequests(Telemetry telemetry) {
        return new FiguresLedger(telemetry, query -> query.replace("increase(", "johwa_increase("));
    }

    @Override
    public Events events(Objective objective, Duration window, Instant end) {
        double total = number(PrometheusRules.total(objective, window), end);
        return total == 0 ? Events.NONE : new Events(number(PrometheusRules.bad(objective, window), end), total);
    }

    private double number(String asked, Instant end) {
        return telemetry
                .number(query.apply(asked), end)
                .filter(Double::isFinite)
                .orElse(0.0);
    }
}
