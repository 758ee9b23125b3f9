package dev.johwa.door.cli;

import dev.johwa.door.api.Road;
import dev.johwa.door.api.Road.Station;
import dev.johwa.door.cli.Screen.Style;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/// The road of a change as pages draw it, in a line: `● pushed 10:02:11 ── ● tested +1.5 s ── ✗ built failed`.
final class RoadLine {
    private RoadLine() {}

    static String of(Screen screen, Road road) {
        var parts = new ArrayList<String>();
        Optional<Instant> before = Optional.empty();
        for (var station : road.stations()) {
            parts.add(station(screen, station, before));
            before = station.at();
        }
        return String.join(screen.style(Style.FAINT, " ── "), parts);
    }

    private static String station(Screen screen, Station station, Optional<Instant> before) {
        var told = told(station, before);
        return switch (station.state()) {
            case "done" -> screen.style(Style.GREEN, "●") + " " + station.name() + told;
            case "running" -> screen.style(Style.CYAN, "◐ " + station.name() + told);
            case "failed" -> screen.style(Style.RED, "✗ " + station.name() + told);
            case "waiting" -> screen.style(Style.FAINT, "○ " + station.name());
            default -> screen.style(Style.FAINT, "– " + station.name());
        };
    }

    private static String told(Station station, Optional<Instant> before) {
        if (!station.state().equals("done")) {
            return station.state().equals("running") ? " now" : " " + station.state();
        }
        return station.at()
                .map(at -> before.map(from -> " +" + Times.between(from, at)).orElseGet(() -> " " + Times.local(at)))
                .orElse("");
    }
}
