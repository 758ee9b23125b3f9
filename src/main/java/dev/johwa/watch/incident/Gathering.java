package dev.johwa.watch.incident;

import dev.johwa.watch.incident.Moment.What;
import dev.johwa.watch.notice.Causes.Reach;
import dev.johwa.watch.notice.Causes.Told;
import dev.johwa.watch.notice.Notice;
import dev.johwa.watch.notice.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Brings words about conditions to incidents.
///
/// What shows joins the open incident of its place that showed within half an hour: what is wrong for days is no reason
/// not to hear of something else. What shows within ten minutes of the end of an incident is of that one.
final class Gathering {
    private static final Duration TOGETHER = Duration.ofMinutes(30);
    private static final Duration BEHIND = Duration.ofMinutes(10);
    /// The same condition is the same thing for longer.
    private static final Duration SAME = Duration.ofHours(1);

    private final IncidentStore store;

    Gathering(IncidentStore store) {
        this.store = store;
    }

    /// It began, or it goes on in another way.
    Told shown(String key, Notice notice) {
        var known = known(key, notice);
        if (known.isEmpty()) {
            var incident = store.begin(Place.of(key, notice.project()), key, notice);
            note(incident, notice, What.ALERT);
            return new Told(incident.first(), Reach.ALL, true);
        }
        var incident = known.get();
        store.addPart(incident.number(), key, notice);
        store.signed(incident, notice.at());
        note(incident, notice, What.ALERT);
        return told(incident, notice);
    }

    private Optional<Incident> known(String key, Notice notice) {
        var at = notice.at();
        return store.ofCondition(notice.condition())
                .filter(each -> each.endedAt()
                        .filter(end -> end.plus(SAME).isBefore(at))
                        .isEmpty())
                .or(() -> {
                    var place = Place.of(key, notice.project());
                    return store.lately(place, at.minus(TOGETHER), at.minus(BEHIND))
                            .or(() -> place.isServing()
                                    ? store.wide(place.project(), at.minus(TOGETHER))
                                    : Optional.empty());
                });
    }

    /// Who heard of the incident hears nothing of what joins it, but of what opened it, and when it is back.
    private static Told told(Incident incident, Notice notice) {
        boolean isFirst = incident.condition().equals(notice.condition());
        boolean isBack = !incident.isOpen() && incident.isTold();
        var phase = isFirst && !isBack ? notice.phase() : Phase.BEGAN;
        var reach = isFirst || isBack ? Reach.ALL : Reach.NEW;
        return new Told(
                notice.about(incident.id(), phase), incident.isSilent(notice.at()) ? Reach.NOBODY : reach, true);
    }

    private void note(Incident incident, Notice notice, What what) {
        store.note(incident, new Moment(notice.at(), what, "", notice.words().headline(), notice.project()));
    }

    /// A condition is over. The last one ends the incident; the issue of a project ends when nothing of it lasts.
    List<Told> over(Notice notice) {
        var all = store.lasting(notice.condition());
        if (all.isEmpty()) {
            // It began before there were incidents.
            return List.of(new Told(notice, Reach.ALL, true));
        }
        var told = new ArrayList<Told>();
        for (var incident : all) {
            told.addAll(over(incident, notice));
        }
        return told;
    }

    private List<Told> over(Incident incident, Notice notice) {
        store.over(incident, notice.condition(), notice.at());
        boolean isEnd = incident.isOpen() && store.hurting(incident) == 0;
        note(incident, notice, isEnd ? What.RECOVERED : What.WELL);
        if (isEnd) {
            store.end(incident, end(incident, notice.at()), lastWords(incident, notice));
            store.told(incident);
        }
        boolean isSilent = incident.isSilent(notice.at());
        var last = incident.first()
                .at(
                        Phase.OVER,
                        notice.at(),
                        lastWords(incident, notice),
                        notice.words().details())
                .story(store.story(incident, incident.project()));
        var mine = notice.about(incident.id(), Phase.OVER).story(store.story(incident, notice.project()));
        boolean isSettled = !store.lasts(incident, notice.project());
        return List.of(
                new Told(last, isEnd && !isSilent ? Reach.ALL : Reach.NOBODY, false),
                new Told(mine, Reach.NOBODY, isSettled));
    }

    /// Words about one project are not for all who heard of what hit several.
    private static String lastWords(Incident incident, Notice notice) {
        return notice.project().equals(incident.project())
                ? notice.words().headline()
                : incident.title() + ": all that it hit is well again";
    }

    /// What a release did was over when another took its place, and the alerts that go out later only say so.
    private Instant end(Incident incident, Instant at) {
        return store.moments(incident).stream()
                .filter(each -> each.what() == What.ROLLBACK && incident.release() > 0)
                .map(Moment::at)
                .reduce((first, last) -> last)
                .orElse(at);
    }
}
