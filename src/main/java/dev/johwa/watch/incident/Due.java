package dev.johwa.watch.incident;

import dev.johwa.watch.incident.Moment.What;
import dev.johwa.watch.notice.Causes.Reach;
import dev.johwa.watch.notice.Causes.Told;
import dev.johwa.watch.notice.Phase;
import dev.johwa.watch.notice.Sign.Detail;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// What becomes of incidents as time goes by.
final class Due {
    /// What a release did is over when it stayed well for so long behind it.
    private static final Duration CALM = Duration.ofMinutes(5);

    private final IncidentStore store;
    private final Instant now;

    Due(IncidentStore store, Instant now) {
        this.store = store;
        this.now = now;
    }

    List<Told> all() {
        var open = store.open();
        open.forEach(this::endCalm);
        var spoken = open.stream().flatMap(each -> spoken(each).stream()).toList();
        return Stream.concat(spoken.stream(), store.untold().stream().map(this::ended))
                .toList();
    }

    private void endCalm(Incident incident) {
        if (store.hurting(incident) > 0) {
            return;
        }
        var end = store.lastEnd(incident).orElse(incident.signedAt());
        if (!end.plus(CALM).isAfter(now)) {
            var words = "It is well since another release serves";
            store.end(incident, end, words);
            store.note(incident, new Moment(now, What.RECOVERED, "", words));
        }
    }

    private Told ended(Incident incident) {
        store.told(incident);
        var told = incident.first()
                .at(Phase.OVER, now, incident.title() + ": " + incident.over(), List.of())
                .story(store.story(incident, incident.project()));
        return new Told(told, incident.isSilent(now) ? Reach.NOBODY : Reach.ALL, false);
    }

    /// A silence that ended while it lasts.
    private List<Told> spoken(Incident incident) {
        var ended = incident.silence().filter(each -> !each.until().isAfter(now));
        if (ended.isEmpty()) {
            return List.of();
        }
        store.silence(incident, null, "");
        var by = new Detail("Silenced by", ended.get().by());
        return List.of(
                new Told(incident.first().at(Phase.STILL, now, incident.headline(), List.of(by)), Reach.ALL, false));
    }
}
