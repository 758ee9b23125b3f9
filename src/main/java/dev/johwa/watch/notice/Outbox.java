package dev.johwa.watch.notice;

import dev.johwa.lib.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/// Words that wait for their receivers, as they are written down, in their order for each.
///
/// A receiver that gets much gets it in parcels: after so many in an hour one comes each quarter of an hour with all
/// that happened, and what waited while it could not be reached comes in one too. What is being sent keeps its id, so
/// that a receiver that gets it twice can tell.
final class Outbox {
    static final int MOST_WAITING = 200;
    private static final int MOST_IN_A_PARCEL = 50;
    private static final int SINGLY = 3;
    private static final int IN_AN_HOUR = 10;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration STORM = Duration.ofMinutes(15);
    private static final Duration KEPT = Duration.ofDays(30);

    /// Writes a word for each receiver that wants it.
    ///
    /// @param since receivers that came later are not told
    static void put(Handle handle, Notice notice, Instant since) {
        put(handle, notice, receiver -> !receiver.createdAt().isAfter(since));
    }

    /// Writes a word about a cause for each receiver that wants it and that it is for.
    static void put(Handle handle, Causes.Told told, Instant since) {
        var notice = told.notice();
        switch (told.reach()) {
            case ALL -> put(handle, notice, since);
            case NEW ->
                put(
                        handle,
                        notice,
                        receiver -> !receiver.createdAt().isAfter(since)
                                && toldLast(handle, receiver.id(), notice.condition())
                                        .isEmpty());
            case NOBODY -> {}
        }
    }

    /// Writes a word for each of some receivers that wants it.
    static void put(Handle handle, Notice notice, Predicate<Receiver> some) {
        for (var receiver : Receivers.list(handle)) {
            boolean isTold = receiver.state().stopped().isEmpty() && some.test(receiver);
            if (isTold && wants(handle, receiver, notice)) {
                put(handle, notice, receiver);
            }
        }
    }

    /// That it is over is for who heard that it began, whatever was the first of its cause.
    private static boolean wants(Handle handle, Receiver receiver, Notice notice) {
        return switch (notice.phase()) {
            case BEGAN, AGAIN, TEST -> receiver.wants(notice);
            case STILL, OVER ->
                toldLast(handle, receiver.id(), notice.condition()).isPresent();
        };
    }

    /// When a word about a condition was written for a receiver last.
    static Optional<Instant> toldLast(Handle handle, String receiver, String condition) {
        return handle.createQuery("select max(created_at) from deliveries"
                        + " where receiver = :receiver and condition_id = :condition")
                .bind("receiver", receiver)
                .bind("condition", condition)
                .mapTo(Instant.class)
                .findOne();
    }

    /// As Standard Webhooks want them: no dots.
    static String newId() {
        return "msg_" + UUID.randomUUID().toString().replace("-", "");
    }

    static void put(Handle handle, Notice notice, Receiver receiver) {
        var id = newId();
        handle.createUpdate("insert into deliveries (id, receiver, condition_id, notice, state, created_at)"
                        + " values (:id, :receiver, :condition, :notice, 'WAITING', :at)")
                .bind("id", id)
                .bind("receiver", receiver.id())
                .bind("condition", notice.condition())
                .bind("notice", Json.write(notice.of(id)))
                .bind("at", notice.at().toEpochMilli())
                .execute();
        handle.createUpdate("update deliveries set state = 'DROPPED', done_at = :at where receiver = :receiver"
                        + " and state = 'WAITING' and parcel = '' and position <= (select position from deliveries"
                        + " where receiver = :receiver and state = 'WAITING' order by position desc limit 1"
                        + " offset :most)")
                .bind("receiver", receiver.id())
                .bind("at", notice.at().toEpochMilli())
                .bind("most", MOST_WAITING)
                .execute();
    }

    /// Receivers for which something waits and whose turn it is.
    static List<String> due(Handle handle, Instant now) {
        return handle.createQuery("select id from receivers where stopped = '' and next_at <= :now and exists"
                        + " (select 1 from deliveries where receiver = receivers.id and state = 'WAITING')")
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .list();
    }

    static int waiting(Handle handle, String receiver) {
        return handle.createQuery("select count(*) from deliveries where receiver = :receiver and state = 'WAITING'")
                .bind("receiver", receiver)
                .mapTo(Integer.class)
                .one();
    }

    /// What is to be sent now. It is counted as an attempt that failed, until it is known how it went.
    ///
    /// @param again how long to wait when that is never known
    static Optional<Parcel> take(Handle handle, String id, Instant now, Backoff again) {
        var receiver = Receivers.find(handle, id)
                .filter(each -> each.state().stopped().isEmpty())
                .filter(each -> !each.state().nextAt().isAfter(now));
        if (receiver.isEmpty()) {
            return Optional.empty();
        }
        var begun = parcel(handle, id);
        if (begun.isEmpty() && !mayBegin(handle, id, now)) {
            return Optional.empty();
        }
        var parcel = begun.or(() -> begin(handle, id));
        parcel.ifPresent(each -> handle.createUpdate(
                        "update receivers set parcel = :parcel, attempts = attempts + 1, next_at = :next where id = :id")
                .bind("parcel", each.id())
                .bind(
                        "next",
                        now.plus(again.after(receiver.get().state().attempts() + 1))
                                .toEpochMilli())
                .bind("id", id)
                .execute());
        return parcel;
    }

    private static Optional<Parcel> parcel(Handle handle, String receiver) {
        var known = handle.createQuery("select parcel from receivers where id = :id")
                .bind("id", receiver)
                .mapTo(String.class)
                .one();
        return known.isEmpty() ? Optional.empty() : parcel(handle, receiver, known);
    }

    private static Optional<Parcel> parcel(Handle handle, String receiver, String id) {
        var notices = handle.createQuery("select notice from deliveries where receiver = :receiver"
                        + " and state = 'WAITING' and parcel = :parcel order by position")
                .bind("receiver", receiver)
                .bind("parcel", id)
                .mapTo(String.class)
                .map(text -> Json.read(text, Notice.class))
                .list();
        return notices.isEmpty() ? Optional.empty() : Optional.of(new Parcel(id, notices));
    }

    private static Optional<Parcel> begin(Handle handle, String receiver) {
        var ids = handle.createQuery("select id from deliveries where receiver = :receiver and state = 'WAITING'"
                        + " order by position limit :most")
                .bind("receiver", receiver)
                .bind("most", MOST_IN_A_PARCEL)
                .mapTo(String.class)
                .list();
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        var chosen = ids.size() > SINGLY ? ids : ids.subList(0, 1);
        var id = chosen.getFirst();
        handle.createUpdate("update deliveries set parcel = :parcel where id in (<ids>)")
                .bind("parcel", id)
                .bindList("ids", chosen)
                .execute();
        return parcel(handle, receiver, id);
    }

    /// Nobody reads what comes without end.
    private static boolean mayBegin(Handle handle, String receiver, Instant now) {
        var sent = handle.createQuery("select count(distinct parcel) as many, max(done_at) as last from deliveries"
                        + " where receiver = :receiver and state = 'SENT' and done_at > :hour")
                .bind("receiver", receiver)
                .bind("hour", now.minus(HOUR).toEpochMilli())
                .map(row -> new Sent(
                        row.getColumn("many", Integer.class),
                        Optional.ofNullable(row.getColumn("last", Instant.class))
                                .orElse(Instant.EPOCH)))
                .one();
        var due = sent.last().plus(STORM);
        if (sent.many() < IN_AN_HOUR || !due.isAfter(now)) {
            return true;
        }
        handle.createUpdate("update receivers set next_at = :due where id = :id")
                .bind("due", due.toEpochMilli())
                .bind("id", receiver)
                .execute();
        return false;
    }

    private record Sent(int many, Instant last) {}

    /// It is there.
    static void sent(Handle handle, String receiver, Parcel parcel, String answer, Instant now) {
        done(handle, receiver, parcel, "SENT", now);
        well(handle, receiver, answer, now);
    }

    /// It answers as it should, so what waits goes out.
    static void well(Handle handle, String receiver, String answer, Instant now) {
        handle.createUpdate("update receivers set attempts = 0, next_at = 0, failing_since = null, stopped = '',"
                        + " answer = :answer, answered_at = :now where id = :id")
                .bind("answer", answer)
                .bind("now", now.toEpochMilli())
                .bind("id", receiver)
                .execute();
    }

    private static void done(Handle handle, String receiver, Parcel parcel, String state, Instant now) {
        handle.createUpdate("update deliveries set state = :state, done_at = :now"
                        + " where receiver = :receiver and parcel = :parcel and state = 'WAITING'")
                .bind("state", state)
                .bind("now", now.toEpochMilli())
                .bind("receiver", receiver)
                .bind("parcel", parcel.id())
                .execute();
        handle.createUpdate("update receivers set parcel = '' where id = :id")
                .bind("id", receiver)
                .execute();
    }

    /// It is not there. What was tried for long enough is given up; a receiver that is gone gets nothing any more.
    static void refused(Handle handle, String receiver, Parcel parcel, Reply.Refused reply, Instant now) {
        handle.createUpdate("update receivers set failing_since = coalesce(failing_since, :now), answer = :answer,"
                        + " answered_at = :now, stopped = :stopped where id = :id")
                .bind("now", now.toEpochMilli())
                .bind("answer", reply.text())
                .bind("stopped", reply.gone() ? reply.text() : "")
                .bind("id", receiver)
                .execute();
        reply.after()
                .ifPresent(pause -> handle.createUpdate(
                                "update receivers set next_at = :next where id = :id and next_at < :next")
                        .bind("next", now.plus(pause).toEpochMilli())
                        .bind("id", receiver)
                        .execute());
        var attempts = Receivers.find(handle, receiver)
                .map(each -> each.state().attempts())
                .orElse(0);
        if (reply.gone() || attempts >= Backoff.ATTEMPTS) {
            done(handle, receiver, parcel, "GIVEN_UP", now);
            handle.createUpdate("update receivers set attempts = 0 where id = :id")
                    .bind("id", receiver)
                    .execute();
        }
        if (reply.gone()) {
            handle.createUpdate("update deliveries set state = 'GIVEN_UP', done_at = :now"
                            + " where receiver = :receiver and state = 'WAITING'")
                    .bind("now", now.toEpochMilli())
                    .bind("receiver", receiver)
                    .execute();
        }
    }

    /// What waited and is sent no more is forgotten after a while.
    static void tidy(Handle handle, Instant now) {
        handle.createUpdate("delete from deliveries where state <> 'WAITING' and done_at < :before"
                        + " and condition_id not in (select id from conditions where ended_at is null)")
                .bind("before", now.minus(KEPT).toEpochMilli())
                .execute();
    }

    private Outbox() {}
}
