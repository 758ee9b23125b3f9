package dev.johwa.watch.incident;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.Durations;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.Entry;
import dev.johwa.lib.event.Fact;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.watch.incident.Moment.What;
import dev.johwa.watch.notice.Causes;
import dev.johwa.watch.notice.Deliveries;
import dev.johwa.watch.notice.Notice;
import dev.johwa.watch.verdict.ReleaseJudged;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is wrong, by its cause. Safe for use by many threads.
public final class Incidents implements Causes {
    private static final Logger LOG = LoggerFactory.getLogger(Incidents.class);
    private static final Duration LONGEST_SILENCE = Duration.ofDays(30);
    private static final Duration LONGEST_LOOK = Duration.ofHours(1);
    private static final int SEEN = 1_000;
    private static final int LONGEST_WORDS = 500;

    private final Database database;
    private final FactLog facts;
    private final Clock clock;
    private final Sights sights;

    public Incidents(Database database, FactLog facts, Clock clock, Sights sights) {
        this.database = database;
        this.facts = facts;
        this.clock = clock;
        this.sights = sights;
    }

    private Instant now() {
        return clock.now();
    }

    @Override
    public List<Told> gather(Handle handle, String key, Notice notice) {
        var gathering = new Gathering(new IncidentStore(handle));
        return switch (notice.phase()) {
            case BEGAN, AGAIN -> List.of(gathering.shown(key, notice));
            case OVER -> gathering.over(notice);
            case STILL, TEST -> List.of(new Told(notice, Reach.ALL, false));
        };
    }

    @Override
    public boolean follows(Fact fact) {
        return fact instanceof DeploymentFinished
                || fact instanceof ReleaseJudged judged && judged.verdict().equals("bad");
    }

    @Override
    public void follow(Handle handle, Entry entry) {
        var following = new Following(new IncidentStore(handle), entry.at(), sights::hide);
        switch (entry.fact()) {
            case DeploymentFinished done -> following.deployed(done);
            case ReleaseJudged judged -> following.judged(judged);
            default -> {}
        }
    }

    /// Asks the figures for the first bad minute of each that is new, and what served then.
    @Override
    public void look() {
        for (var incident : database.read(handle -> new IncidentStore(handle).unlooked())) {
            try {
                look(incident);
            } catch (RuntimeException e) {
                LOG.warn("looking into incident={} failed", incident.number(), e);
                giveUp(incident);
            }
        }
    }

    /// What its release did is told in time, though no figures are to be had.
    private void giveUp(Incident incident) {
        if (incident.beganAt().plus(LONGEST_LOOK).isBefore(now())) {
            database.write(handle -> {
                new IncidentStore(handle).looked(incident, Optional.empty());
                return 0;
            });
        }
    }

    private void look(Incident incident) {
        var place = incident.place();
        var bad = sights.firstBad(place.name(), place.environment(), incident.beganAt());
        var serving = sights.serving(place.project(), place.app(), place.environment())
                .filter(each -> incident.release() == 0 && incident.isOpen());
        database.write(handle -> {
            var store = new IncidentStore(handle);
            store.looked(incident, bad);
            serving.map(each -> new Moment(each.since(), What.RELEASE, "", "Release " + each.release() + " serves"))
                    .ifPresent(moment -> store.note(incident, moment));
            bad.map(at -> new Moment(at, What.BAD, "", "The first minute in which requests failed"))
                    .ifPresent(moment -> store.note(incident, moment));
            return 0;
        });
    }

    @Override
    public List<Told> due(Handle handle) {
        var store = new IncidentStore(handle);
        store.tidy(now());
        store.unreported().forEach(incident -> report(handle, store, incident));
        return new Due(store, now()).all();
    }

    private void report(Handle handle, IncidentStore store, Incident incident) {
        var evidence = store.moments(incident).stream()
                .filter(each -> each.what() == What.VERDICT)
                .map(Moment::words)
                .findFirst()
                .orElse(incident.headline());
        facts.append(
                handle,
                new IncidentEnded(
                        incident.place().project(),
                        incident.place().app(),
                        incident.place().environment(),
                        incident.number(),
                        incident.release(),
                        incident.since(),
                        incident.endedAt().orElseThrow(),
                        evidence));
        store.reported(incident);
    }

    @Override
    public List<Notice> unattended(Handle handle) {
        var now = now();
        return new IncidentStore(handle)
                .open().stream()
                        .filter(each -> each.acknowledgedBy().isEmpty() && !each.isSilent(now))
                        .map(Incident::first)
                        .toList();
    }

    /// Those that last and the newest, newest first.
    ///
    /// @param isVisible whose projects; empty for the platform
    public List<Incident> list(Predicate<String> isVisible) {
        return database.read(handle -> new IncidentStore(handle).newest(SEEN)).stream()
                .filter(each -> isVisible(each, isVisible))
                .toList();
    }

    private static boolean isVisible(Incident incident, Predicate<String> projects) {
        return incident.projects().isEmpty()
                ? projects.test("")
                : incident.projects().stream().anyMatch(projects);
    }

    /// @throws dev.johwa.lib.problem.ProblemException `incident.unknown`
    public Incident require(int number, Predicate<String> isVisible) {
        return database.read(handle -> new IncidentStore(handle).find(number))
                .filter(each -> isVisible(each, isVisible))
                .orElseThrow(() -> Problem.user("incident.unknown", "there is no incident " + number)
                        .hint("`johwa incidents --all` lists them")
                        .exception());
    }

    /// What happened while it lasted, oldest first: what was written down, and who was told.
    ///
    /// @param isVisible whose words, where it hits several projects
    public List<Moment> story(Incident incident, Predicate<String> isVisible) {
        return database.read(handle -> story(handle, incident)).stream()
                .filter(each -> each.project().isEmpty() || isVisible.test(each.project()))
                .toList();
    }

    private static List<Moment> story(Handle handle, Incident incident) {
        var told = Deliveries.of(handle, incident.id()).stream()
                .map(each ->
                        new Moment(each.doneAt().orElse(each.writtenAt()), What.TOLD, "", words(each), each.project()));
        return Stream.concat(new IncidentStore(handle).moments(incident).stream(), told)
                .sorted(Comparator.comparing(Moment::at))
                .toList();
    }

    private static String words(Deliveries.Delivery delivery) {
        var word = "'" + delivery.type() + "' to " + delivery.to();
        return switch (delivery.state()) {
            case "sent" -> "Told: " + word;
            case "waiting" -> "Waits to be told: " + word;
            default -> "Was not told: " + word;
        };
    }

    /// Somebody takes care of it, so that nobody is reminded of it.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException `incident.over`
    public void acknowledge(Incident incident, String by) {
        change(incident, (store, open) -> {
            if (!open.acknowledgedBy().equals(by)) {
                store.acknowledge(open, by);
                store.note(open, new Moment(now(), What.ACKNOWLEDGED, by, by + " takes care of it"));
            }
        });
    }

    /// Nobody is told of it for a time.
    ///
    /// @param reason may be empty
    /// @throws dev.johwa.lib.problem.ProblemException `incident.over`, `incident.silence`
    public void silence(Incident incident, Duration length, String reason, String by) {
        if (length.toMinutes() < 1 || length.compareTo(LONGEST_SILENCE) > 0) {
            throw Problem.user("incident.silence", "a silence of " + Durations.text(length.toMillis()) + " cannot be")
                    .hint("one lasts from a minute to " + LONGEST_SILENCE.toDays() + " days: 2h")
                    .exception();
        }
        var until = now().plus(length);
        change(incident, (store, open) -> {
            store.silence(open, until, by);
            var words = by + " silenced it for " + length.toMinutes() + " minutes" + because(reason);
            store.note(open, new Moment(now(), What.SILENCED, by, words));
        });
    }

    /// It is over, whatever shows.
    ///
    /// @param reason may be empty
    /// @throws dev.johwa.lib.problem.ProblemException `incident.over`
    public void resolve(Incident incident, String reason, String by) {
        change(incident, (store, open) -> {
            var words = by + " resolved it" + because(reason);
            store.end(open, now(), words);
            // What comes back is news: the silence was for what they ended.
            store.silence(open, null, "");
            store.note(open, new Moment(now(), What.RECOVERED, by, words));
        });
    }

    private static String because(String reason) {
        var line = reason.replaceAll("\\s+", " ").strip();
        return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(line.length(), LONGEST_WORDS));
    }

    private void change(Incident incident, BiConsumer<IncidentStore, Incident> change) {
        database.write(handle -> {
            var store = new IncidentStore(handle);
            var open = store.find(incident.number())
                    .filter(Incident::isOpen)
                    .orElseThrow(() -> Problem.user("incident.over", "incident " + incident.number() + " is over")
                            .hint("`johwa incidents` lists those that last")
                            .exception());
            change.accept(store, open);
            return 0;
        });
    }
}
