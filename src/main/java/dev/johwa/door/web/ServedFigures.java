package dev.johwa.door.web;

import dev.johwa.door.web.page.Overview.Figures;
import dev.johwa.watch.traffic.Served;
import dev.johwa.watch.traffic.Traffic;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;

/// What a release served in the last hour, minute by minute, for a page.
final class ServedFigures {
    private ServedFigures() {}

    static Figures of(Served served, Instant now, Optional<Instant> since) {
        var first = now.truncatedTo(ChronoUnit.MINUTES).minus(Traffic.KEPT).plus(1, ChronoUnit.MINUTES);
        var minutes = new ArrayList<Figures.Minute>();
        for (int i = 0; i < Traffic.KEPT.toMinutes(); i++) {
            minutes.add(new Figures.Minute(0, 0, Double.NaN));
        }
        for (var minute : served.minutes()) {
            int place = (int) ChronoUnit.MINUTES.between(first, minute.at());
            if (place >= 0 && place < minutes.size()) {
                minutes.set(place, minute(minute));
            }
        }
        return new Figures(
                served.release(),
                served.requests(),
                served.errors(),
                served.middleMillis().orElse(0),
                served.slowMillis().orElse(0),
                minutes,
                first,
                since);
    }

    private static Figures.Minute minute(Served.Minute minute) {
        var slow = minute.slowMillis();
        return new Figures.Minute(
                minute.requests(), minute.errors(), slow.isPresent() ? slow.getAsLong() / 1000.0 : Double.NaN);
    }
}
