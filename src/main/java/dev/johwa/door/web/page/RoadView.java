package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.li;
import static dev.johwa.lib.html.Tags.nothing;
import static dev.johwa.lib.html.Tags.ol;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;

import dev.johwa.door.api.Road;
import dev.johwa.door.api.Road.Station;
import dev.johwa.lib.html.Html;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/// The road of a change, drawn: the same in lists and on the page of a run.
final class RoadView {
    private RoadView() {}

    /// As a line of stations.
    ///
    /// @param isSmall for lists: words for those only who do not see it
    static Html html(Visit visit, Road road, boolean isSmall) {
        var parts = new ArrayList<Html>();
        Optional<Instant> before = Optional.empty();
        for (var station : road.stations()) {
            parts.add(isSmall ? small(visit, station) : station(visit, station, before));
            before = station.at();
        }
        return ol(
                styled(isSmall ? "road small" : "road"),
                attribute("aria-label", visit.say("road.label")),
                row(parts.toArray(Html[]::new)));
    }

    private static Html small(Visit visit, Station station) {
        var words = visit.say("road." + station.name()) + ": " + visit.say("road.state." + station.state());
        return li(
                styled("station at-" + station.state()),
                attribute("title", words),
                span(styled("stop"), attribute("aria-hidden", "true")),
                span(styled("hidden"), text(words)));
    }

    private static Html station(Visit visit, Station station, Optional<Instant> before) {
        var name = visit.say("road." + station.name());
        return li(
                styled("station at-" + station.state()),
                attribute("title", name + ": " + visit.say("road.state." + station.state())),
                span(styled("stop"), attribute("aria-hidden", "true")),
                span(styled("name"), text(name)),
                span(styled("hidden"), text(": " + visit.say("road.state." + station.state()))),
                span(styled("time"), time(visit, station, before)));
    }

    private static Html time(Visit visit, Station station, Optional<Instant> before) {
        if (station.at().isEmpty()) {
            return station.state().equals("done") ? nothing() : visit.words("road.state." + station.state());
        }
        var at = station.at().get();
        return before.isPresent()
                ? text("+" + Times.length(Duration.between(before.get(), at).toMillis()))
                : Times.ago(visit, at);
    }
}
