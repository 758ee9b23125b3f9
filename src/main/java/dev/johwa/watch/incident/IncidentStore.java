package dev.johwa.watch.incident;

import dev.johwa.lib.json.Json;
import dev.johwa.watch.incident.Incident.Silence;
import dev.johwa.watch.incident.Moment.What;
import dev.johwa.watch.notice.Notice;
import dev.johwa.watch.notice.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowViewMapper;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/// Incidents in the database, within one transaction.
final class IncidentStore {
    /// Of one that comes and goes for ever the first moments are kept.
    private static final int MOST_MOMENTS = 500;
    private static final Duration KEPT = Duration.ofDays(365);
    private static final String NEWEST = " order by number desc limit 1";
    private static final String SELECT = "select incidents.*, (select string_agg(project, ' ') from incident_parts"
            + " where incident = number and project <> '') as projects from incidents";

    private static final RowViewMapper<Moment> MOMENT = row -> new Moment(
            row.getColumn("at", Instant.class),
            What.valueOf(row.getColumn("what", String.class)),
            row.getColumn("by_name", String.class),
            row.getColumn("words", String.class),
            row.getColumn("project", String.class));

    private final Handle handle;

    IncidentStore(Handle handle) {
        this.handle = handle;
    }

    private static Incident incident(RowView row) {
        var by = row.getColumn("silenced_by", String.class);
        return new Incident(
                row.getColumn("number", Integer.class),
                row.getColumn("id", String.class),
                row.getColumn("condition_id", String.class),
                new Place(
                        row.getColumn("project", String.class),
                        row.getColumn("app", String.class),
                        row.getColumn("environment", String.class),
                        row.getColumn("side", String.class)),
                Json.read(row.getColumn("first", String.class), Notice.class),
                row.getColumn("release_number", Integer.class),
                row.getColumn("began_at", Instant.class),
                row.getColumn("signed_at", Instant.class),
                Optional.ofNullable(row.getColumn("first_bad", Instant.class)),
                row.getColumn("acknowledged_by", String.class),
                Optional.ofNullable(row.getColumn("silenced_until", Instant.class))
                        .map(until -> new Silence(until, by)),
                Optional.ofNullable(row.getColumn("ended_at", Instant.class)),
                row.getColumn("over_words", String.class),
                row.getColumn("told", Boolean.class),
                row.getColumn("looked", Boolean.class),
                projects(row.getColumn("projects", String.class)));
    }

    /// Names have no spaces.
    private static List<String> projects(@Nullable String names) {
        return names == null
                ? List.of()
                : Arrays.stream(names.split(" ", -1)).distinct().sorted().toList();
    }

    Incident begin(Place place, String key, Notice first) {
        int number = handle.createQuery("select coalesce(max(number), 0) + 1 from incidents")
                .mapTo(Integer.class)
                .one();
        boolean isKnown = handle.createQuery("select count(*) from incidents where id = :id")
                        .bind("id", first.condition())
                        .mapTo(Integer.class)
                        .one()
                > 0;
        var id = isKnown ? first.condition() + "-" + number : first.condition();
        handle.createUpdate("insert into incidents (number, id, condition_id, project, app, environment, side, title,"
                        + " headline, first, release_number, began_at, signed_at, looked, acknowledged_by, silenced_by,"
                        + " over_words, told, reported) values (:number, :id, :condition, :project, :app, :environment,"
                        + " :side, :title, :headline, :first, 0, :at, :at, :looked, '', '', '', :told, :told)")
                .bind("number", number)
                .bind("id", id)
                .bind("condition", first.condition())
                .bind("project", place.project())
                .bind("app", place.app())
                .bind("environment", place.environment())
                .bind("side", place.side())
                .bind("title", first.words().subject())
                .bind("headline", first.words().headline())
                .bind("first", Json.write(first.about(id, Phase.BEGAN)))
                .bind("at", first.at().toEpochMilli())
                .bind("looked", !place.isServing())
                .bind("told", false)
                .execute();
        addPart(number, key, first);
        return require(number);
    }

    private Incident require(int number) {
        return find(number).orElseThrow();
    }

    Optional<Incident> find(int number) {
        return handle.createQuery(SELECT + " where number = :number")
                .bind("number", number)
                .map(IncidentStore::incident)
                .findOne();
    }

    /// A condition is of an incident, and hurts.
    void addPart(int number, String key, Notice notice) {
        handle.createUpdate("insert into incident_parts (incident, condition_id, key, project, subject, began_at)"
                        + " values (:number, :condition, :key, :project, :subject, :at)"
                        + " on conflict (incident, condition_id) do update set ended_at = null, over_at = null")
                .bind("number", number)
                .bind("condition", notice.condition())
                .bind("key", key)
                .bind("project", notice.project())
                .bind("subject", notice.words().subject())
                .bind("at", notice.at().toEpochMilli())
                .execute();
    }

    /// It shows once more, so it is open.
    void signed(Incident incident, Instant at) {
        handle.createUpdate("update incidents set signed_at = :at, ended_at = null, told = :no, reported = :no,"
                        + " acknowledged_by = case when ended_at is null then acknowledged_by else '' end"
                        + " where number = :number")
                .bind("number", incident.number())
                .bind("at", at.toEpochMilli())
                .bind("no", false)
                .execute();
    }

    /// The newest that a condition is of.
    Optional<Incident> ofCondition(String condition) {
        return handle.createQuery(SELECT + " where number = (select max(incident) from incident_parts"
                        + " where condition_id = :condition)")
                .bind("condition", condition)
                .map(IncidentStore::incident)
                .findOne();
    }

    /// The newest of a place that showed or ended since then.
    Optional<Incident> lately(Place place, Instant signed, Instant ended) {
        return handle.createQuery(SELECT + " where project = :project and app = :app"
                        + " and environment = :environment and side = :side"
                        + " and (ended_at is null and signed_at >= :signed or ended_at >= :ended)" + NEWEST)
                .bind("project", place.project())
                .bind("app", place.app())
                .bind("environment", place.environment())
                .bind("side", place.side())
                .bind("signed", signed.toEpochMilli())
                .bind("ended", ended.toEpochMilli())
                .map(IncidentStore::incident)
                .findOne();
    }

    /// The newest open one that showed since then and hits every app, or every one of a project: a disk, a server of
    /// databases.
    Optional<Incident> wide(String project, Instant signed) {
        return handle.createQuery(SELECT + " where ended_at is null and signed_at >= :signed"
                        + " and (side like 'disk:%' or side like 'database:%' and project = :project)" + NEWEST)
                .bind("project", project)
                .bind("signed", signed.toEpochMilli())
                .map(IncidentStore::incident)
                .findOne();
    }

    /// The newest of a place that is open or ended since then.
    Optional<Incident> at(Place place, Instant ended) {
        return lately(place, Instant.EPOCH, ended);
    }

    /// Those of which a condition lasts.
    List<Incident> lasting(String condition) {
        return handle.createQuery(SELECT + " where number in (select incident from incident_parts"
                        + " where condition_id = :condition and over_at is null) order by number")
                .bind("condition", condition)
                .map(IncidentStore::incident)
                .list();
    }

    void over(Incident incident, String condition, Instant at) {
        handle.createUpdate("update incident_parts set over_at = :at, ended_at = coalesce(ended_at, :at)"
                        + " where incident = :number and condition_id = :condition")
                .bind("number", incident.number())
                .bind("condition", condition)
                .bind("at", at.toEpochMilli())
                .execute();
    }

    /// What a release did hurts nobody when another one serves.
    ///
    /// @return whether there was any such part
    boolean endVerdict(Incident incident, Instant at) {
        return handle.createUpdate("update incident_parts set ended_at = :at where incident = :number"
                                + " and ended_at is null and key like 'verdict:%'")
                        .bind("number", incident.number())
                        .bind("at", at.toEpochMilli())
                        .execute()
                > 0;
    }

    /// How many conditions hurt.
    int hurting(Incident incident) {
        return handle.createQuery("select count(*) from incident_parts where incident = :number and ended_at is null")
                .bind("number", incident.number())
                .mapTo(Integer.class)
                .one();
    }

    /// Whether conditions of a project last that are of it.
    boolean lasts(Incident incident, String project) {
        return handle.createQuery("select count(*) from incident_parts where incident = :number"
                                + " and project = :project and over_at is null")
                        .bind("number", incident.number())
                        .bind("project", project)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /// When the last condition of it stopped to hurt.
    Optional<Instant> lastEnd(Incident incident) {
        return handle.createQuery("select max(ended_at) from incident_parts where incident = :number")
                .bind("number", incident.number())
                .mapTo(Instant.class)
                .findOne();
    }

    void end(Incident incident, Instant at, String words) {
        handle.createUpdate("update incidents set ended_at = :at, over_words = :words where number = :number")
                .bind("number", incident.number())
                .bind("at", at.toEpochMilli())
                .bind("words", words)
                .execute();
        handle.createUpdate("update incident_parts set ended_at = :at where incident = :number and ended_at is null")
                .bind("number", incident.number())
                .bind("at", at.toEpochMilli())
                .execute();
    }

    private void set(Incident incident, String column, Object value) {
        handle.createUpdate("update incidents set " + column + " = :value where number = :number")
                .bind("number", incident.number())
                .bind("value", value)
                .execute();
    }

    void told(Incident incident) {
        set(incident, "told", true);
    }

    void reported(Incident incident) {
        set(incident, "reported", true);
    }

    void cause(Incident incident, int release) {
        set(incident, "release_number", release);
    }

    void acknowledge(Incident incident, String by) {
        set(incident, "acknowledged_by", by);
    }

    void looked(Incident incident, Optional<Instant> firstBad) {
        set(incident, "looked", true);
        firstBad.ifPresent(at -> set(incident, "first_bad", at.toEpochMilli()));
    }

    /// @param until null: no more
    void silence(Incident incident, @Nullable Instant until, String by) {
        handle.createUpdate("update incidents set silenced_until = :until, silenced_by = :by where number = :number")
                .bind("number", incident.number())
                .bind("until", until == null ? null : until.toEpochMilli())
                .bind("by", by)
                .execute();
    }

    /// Oldest first.
    private List<Incident> all(String condition) {
        return handle.createQuery(SELECT + " where " + condition + " order by number")
                .map(IncidentStore::incident)
                .list();
    }

    /// Open ones, oldest first.
    List<Incident> open() {
        return all("ended_at is null");
    }

    /// Those that ended and of whose end nobody heard.
    List<Incident> untold() {
        return all("ended_at is not null and not told");
    }

    /// Those that ended by a release of which no fact tells.
    List<Incident> unreported() {
        return all("ended_at is not null and not reported and looked and release_number > 0");
    }

    /// Those of whose first bad minute the figures were not asked.
    List<Incident> unlooked() {
        return all("not looked");
    }

    /// Those that last and the newest, newest first.
    List<Incident> newest(int count) {
        return handle.createQuery(SELECT + " where ended_at is null"
                        + " or number > (select max(number) from incidents) - :count order by number desc")
                .bind("count", count)
                .map(IncidentStore::incident)
                .list();
    }

    void note(Incident incident, Moment moment) {
        int position = handle.createQuery("select count(*) from incident_events where incident = :number")
                .bind("number", incident.number())
                .mapTo(Integer.class)
                .one();
        if (position >= MOST_MOMENTS) {
            return;
        }
        handle.createUpdate("insert into incident_events"
                        + " (incident, position, at, what, by_name, words, project)"
                        + " values (:number, :position, :at, :what, :by, :words, :project)")
                .bind("number", incident.number())
                .bind("position", position)
                .bind("at", moment.at().toEpochMilli())
                .bind("what", moment.what().name())
                .bind("by", moment.by())
                .bind("words", moment.words())
                .bind("project", moment.project())
                .execute();
    }

    /// Lines of its time line for those of a project: what hits several tells nobody of the others.
    List<String> story(Incident incident, String project) {
        return moments(incident).stream()
                .filter(each -> each.project().isEmpty() || each.project().equals(project))
                .map(Moment::line)
                .toList();
    }

    List<Moment> moments(Incident incident) {
        return handle.createQuery("select * from incident_events where incident = :number order by at, position")
                .bind("number", incident.number())
                .map(MOMENT)
                .list();
    }

    /// Lets go what ended long ago; the newest stays, so that no number comes twice.
    void tidy(Instant now) {
        var old = "select number from incidents where ended_at < :before"
                + " and number < (select max(number) from incidents)";
        for (var table : List.of("incident_events", "incident_parts")) {
            handle.createUpdate("delete from " + table + " where incident in (" + old + ")")
                    .bind("before", now.minus(KEPT).toEpochMilli())
                    .execute();
        }
        handle.createUpdate("delete from incidents where number in (" + old + ")")
                .bind("before", now.minus(KEPT).toEpochMilli())
                .execute();
    }
}
