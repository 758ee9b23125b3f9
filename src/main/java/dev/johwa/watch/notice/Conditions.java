package dev.johwa.watch.notice;

import dev.johwa.lib.clock.Durations;
import dev.johwa.lib.json.Json;
import dev.johwa.watch.notice.Sign.Detail;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowViewMapper;
import org.jspecify.annotations.Nullable;

/// What is wrong, as it is written down, and which of it is worth a word. All of it happens in the transaction that is
/// handed in.
final class Conditions {
    private static final Duration KEPT = Duration.ofDays(90);
    private static final RowViewMapper<Condition> CONDITION = row -> new Condition(
            row.getColumn("id", String.class),
            Kind.valueOf(row.getColumn("kind", String.class)),
            row.getColumn("key", String.class),
            Json.read(row.getColumn("first", String.class), Notice.class),
            row.getColumn("mark", String.class),
            row.getColumn("over_words", String.class),
            Optional.ofNullable(row.getColumn("well_since", Instant.class)),
            Optional.ofNullable(row.getColumn("ended_at", Instant.class)),
            row.getColumn("times", Integer.class));

    private final Evidence evidence;

    Conditions(Evidence evidence) {
        this.evidence = evidence;
    }

    Optional<Condition> open(Handle handle, String key) {
        return handle.createQuery("select * from conditions where key = :key and ended_at is null")
                .bind("key", key)
                .map(CONDITION)
                .findOne();
    }

    String key(Handle handle, String id) {
        return handle.createQuery("select key from conditions where id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .one();
    }

    List<Condition> open(Handle handle) {
        return handle.createQuery("select * from conditions where ended_at is null order by begun_at, id")
                .map(CONDITION)
                .list();
    }

    /// How many of a kind last in a project.
    int lasting(Handle handle, Kind kind, String project) {
        return handle.createQuery("select count(*) from conditions where ended_at is null and kind = :kind"
                        + " and project = :project")
                .bind("kind", kind.name())
                .bind("project", project)
                .mapTo(Integer.class)
                .one();
    }

    /// The newest, those that last first.
    List<Condition> newest(Handle handle, int limit) {
        return handle.createQuery("select * from conditions order by case when ended_at is null then 0 else 1 end,"
                        + " coalesce(ended_at, begun_at) desc, id limit :limit")
                .bind("limit", limit)
                .map(CONDITION)
                .list();
    }

    /// Something went wrong that is over as it is told; what happens again within the hour is not told again.
    Optional<Notice> once(Handle handle, Sign sign, Instant at) {
        if (lately(handle, sign.key(), at).isPresent()) {
            return Optional.empty();
        }
        var told = begin(handle, sign, at);
        close(handle, told.condition(), at);
        return Optional.of(told);
    }

    /// What it was about is there no more: it ends.
    ///
    /// @return how, for the few who need to know
    Notice gone(Handle handle, Condition condition, Instant at) {
        close(handle, condition.id(), at);
        return condition.first().at(Phase.OVER, at, "What this was about was removed", List.of());
    }

    private static void close(Handle handle, String id, Instant at) {
        handle.createUpdate("update conditions set ended_at = :at where id = :id")
                .bind("at", at.toEpochMilli())
                .bind("id", id)
                .execute();
    }

    /// The one that ended a moment ago.
    private static Optional<Condition> lately(Handle handle, String key, Instant at) {
        return handle.createQuery("select * from conditions where key = :key and ended_at >= :soon"
                        + " order by ended_at desc limit 1")
                .bind("key", key)
                .bind("soon", at.minus(Condition.SOON).toEpochMilli())
                .map(CONDITION)
                .findOne();
    }

    /// Something shows that it is wrong. What is said of it from now on is how it stands now.
    ///
    /// @return what is worth a word: that it began, or has another mark; without any it is no worse than before
    Optional<Notice> seen(Handle handle, Sign sign, Instant at) {
        var known = open(handle, sign.key());
        if (known.isEmpty()) {
            return Optional.of(begin(handle, sign, at));
        }
        var condition = known.get();
        var first = condition.first().saying(sign.words().headline());
        handle.createUpdate("update conditions set first = :first, well_since = :well, mark = :mark,"
                        + " over_words = :over where id = :id")
                .bind("first", Json.write(first))
                .bind("well", wellSince(sign, at))
                .bind("mark", sign.mark())
                .bind("over", sign.over())
                .bind("id", condition.id())
                .execute();
        boolean isSame = sign.mark().isEmpty() || condition.mark().equals(sign.mark());
        return isSame ? Optional.empty() : Optional.of(notice(condition.id(), Phase.AGAIN, sign, first.begun(), at));
    }

    /// Of a crash nobody tells that it is over, and of an alert of others somebody may not: it seems well from then on,
    /// until the next.
    private static @Nullable Long wellSince(Sign sign, Instant at) {
        boolean isRepeated = sign.kind() == Kind.CRASHES || sign.kind() == Kind.OUTSIDE;
        return isRepeated ? at.toEpochMilli() : null;
    }

    /// The newest with a key, over or not.
    Optional<Condition> newest(Handle handle, String key) {
        return handle.createQuery("select * from conditions where key = :key"
                        + " order by case when ended_at is null then 0 else 1 end, ended_at desc limit 1")
                .bind("key", key)
                .map(CONDITION)
                .findOne();
    }

    /// Who told of it says that it is over.
    Notice over(Handle handle, Condition condition, Instant at) {
        close(handle, condition.id(), at);
        return condition.first().at(Phase.OVER, at, condition.over(), List.of());
    }

    private Notice begin(Handle handle, Sign sign, Instant at) {
        var again = lately(handle, sign.key(), at);
        var id = again.map(Condition::id).orElseGet(() -> UUID.randomUUID().toString());
        int times = again.map(Condition::times).orElse(0) + 1;
        var first = notice(id, Phase.BEGAN, times > 1 ? often(sign, times) : sign, at, at);
        handle.createUpdate("insert into conditions"
                        + " (id, kind, key, project, first, mark, over_words, begun_at, well_since, times)"
                        + " values (:id, :kind, :key, :project, :first, :mark, :over, :at, :well, :times)"
                        + " on conflict (id) do update set first = excluded.first, mark = excluded.mark,"
                        + " over_words = excluded.over_words, begun_at = excluded.begun_at,"
                        + " well_since = excluded.well_since, ended_at = null, times = excluded.times")
                .bind("id", id)
                .bind("kind", sign.kind().name())
                .bind("key", sign.key())
                .bind("project", sign.project())
                .bind("first", Json.write(first))
                .bind("mark", sign.mark())
                .bind("over", sign.over())
                .bind("at", at.toEpochMilli())
                .bind("well", wellSince(sign, at))
                .bind("times", times)
                .execute();
        return first;
    }

    private static Sign often(Sign sign, int times) {
        var words = sign.words();
        var details = new ArrayList<>(words.details());
        details.add(new Detail("How often", times + " times, each within an hour of the last"));
        var more = words.details(details.toArray(Detail[]::new));
        return new Sign(sign.kind(), sign.key(), sign.project(), sign.mark(), more, sign.over());
    }

    private Notice notice(String condition, Phase phase, Sign sign, Instant begun, Instant at) {
        var link = evidence.address(sign.words().path());
        return new Notice("", condition, phase, sign.kind(), sign.project(), begun, at, link, sign.words());
    }

    /// It is well; told at once, unless it must prove that it stays so.
    ///
    /// @param over what is said then
    Optional<Notice> well(Handle handle, String key, String over, Instant at) {
        return open(handle, key).flatMap(condition -> {
            handle.createUpdate("update conditions set well_since = :at, over_words = :over where id = :id")
                    .bind("at", at.toEpochMilli())
                    .bind("over", over)
                    .bind("id", condition.id())
                    .execute();
            return open(handle, key).filter(each -> each.isOver(at)).map(each -> end(handle, each, at));
        });
    }

    /// It no more shows; nothing happens when that is known already.
    void notSeen(Handle handle, Condition condition, Instant at) {
        handle.createUpdate("update conditions set well_since = :at where id = :id and well_since is null")
                .bind("at", at.toEpochMilli())
                .bind("id", condition.id())
                .execute();
    }

    /// What was well for long enough ends now.
    List<Notice> ended(Handle handle, Instant now) {
        return open(handle).stream()
                .filter(each -> each.isOver(now))
                .map(each -> end(handle, each, now))
                .toList();
    }

    private Notice end(Handle handle, Condition condition, Instant at) {
        close(handle, condition.id(), at);
        var lasted = Duration.between(
                condition.first().begun(), condition.wellSince().orElse(at));
        var details = List.of(new Detail("It lasted", Durations.text(Math.max(0, lasted.toMillis()))));
        return condition.first().at(Phase.OVER, at, condition.over(), details);
    }

    /// Nobody looked for a while: what shows by being silent must be silent from now on.
    void startAnew(Handle handle, Instant now) {
        handle.createUpdate("update conditions set well_since = :now where ended_at is null and kind = :kind")
                .bind("now", now.toEpochMilli())
                .bind("kind", Kind.CRASHES.name())
                .execute();
    }

    /// Lets go what ended long ago.
    void tidy(Handle handle, Instant now) {
        handle.createUpdate("delete from conditions where ended_at < :before")
                .bind("before", now.minus(KEPT).toEpochMilli())
                .execute();
    }
}
