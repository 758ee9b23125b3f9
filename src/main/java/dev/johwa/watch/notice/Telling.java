package dev.johwa.watch.notice;

import dev.johwa.lib.clock.Durations;
import dev.johwa.watch.notice.Causes.Reach;
import dev.johwa.watch.notice.Causes.Told;
import dev.johwa.watch.notice.Notices.Outside;
import dev.johwa.watch.notice.Sign.Detail;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Brings words about conditions to their causes, and what becomes of them into the outbox and the ledger.
final class Telling {
    /// Alerts of others that last in a project, or in none: labels that change at each time would never end.
    static final int MOST_OUTSIDE = 500;

    private final NoticePorts ports;
    private final Conditions conditions;

    Telling(NoticePorts ports, Conditions conditions) {
        this.ports = ports;
        this.conditions = conditions;
    }

    private Instant now() {
        return ports.clock().now();
    }

    /// @param since receivers that came later are not told
    void say(Handle handle, Notice notice, Instant since) {
        var key = conditions.key(handle, notice.condition());
        ports.causes().gather(handle, key, notice).forEach(told -> tell(handle, told, since));
    }

    /// What was heard already, or is over, changes nothing when it is sent again.
    ///
    /// @return whether it was new
    boolean hear(Handle handle, Outside alert) {
        var sign = alert.sign();
        var known =
                conditions.newest(handle, sign.key()).filter(each -> each.mark().equals(sign.mark()));
        boolean isOpen = known.filter(each -> each.endedAt().isEmpty()).isPresent();
        if (alert.isFiring() && (isOpen || known.isEmpty() && hasRoom(handle, sign))) {
            var notice = conditions.seen(handle, sign, now());
            notice.ifPresent(each -> say(handle, each, now()));
            return notice.isPresent();
        }
        if (!alert.isFiring() && isOpen) {
            say(handle, conditions.over(handle, known.orElseThrow(), now()), now());
            return true;
        }
        return false;
    }

    private boolean hasRoom(Handle handle, Sign sign) {
        return conditions.open(handle, sign.key()).isPresent()
                || conditions.lasting(handle, Kind.OUTSIDE, sign.project()) < MOST_OUTSIDE;
    }

    private void tell(Handle handle, Told told, Instant since) {
        Outbox.put(handle, told, since);
        if (told.isNoted()) {
            note(handle, told.notice());
        }
    }

    /// What was removed ends without a word, but for issues, which would stay open for ever.
    void gone(Handle handle, Condition condition) {
        var gone = conditions.gone(handle, condition, now());
        for (var told : ports.causes().gather(handle, condition.key(), gone)) {
            boolean isIssue = told.reach() != Reach.NOBODY;
            Outbox.put(handle, told.notice(), receiver -> isIssue && receiver.way() == Way.ISSUE);
            if (told.isNoted()) {
                note(handle, told.notice());
            }
        }
    }

    /// What there is to tell now that time went by.
    void due(Handle handle) {
        ports.causes().due(handle).forEach(told -> tell(handle, told, now()));
        remind(handle);
    }

    /// What opens an issue where the project has its home opens none here.
    private void note(Handle handle, Notice notice) {
        boolean isElsewhere = Receivers.list(handle).stream()
                .filter(each -> each.isHomeOf(notice.project()))
                .anyMatch(each -> each.wants(notice) && each.state().stopped().isEmpty());
        if (!notice.project().isEmpty() && notice.kind() != Kind.RECEIVERS && !isElsewhere) {
            ports.ledger().tell(handle, notice);
        }
    }

    /// Who asked for it hears again of what lasts.
    private void remind(Handle handle) {
        var open = ports.causes().unattended(handle);
        for (var receiver : Receivers.list(handle)) {
            if (receiver.remind().isZero() || !receiver.state().stopped().isEmpty()) {
                continue;
            }
            for (var first : open) {
                var last = Outbox.toldLast(handle, receiver.id(), first.condition());
                if (last.filter(at -> !at.plus(receiver.remind()).isAfter(now()))
                        .isPresent()) {
                    Outbox.put(handle, reminder(first), receiver);
                }
            }
        }
    }

    private Notice reminder(Notice first) {
        var lasts = Durations.text(
                Math.max(0, Duration.between(first.begun(), now()).toMillis()));
        return first.at(Phase.STILL, now(), first.words().headline(), List.of(new Detail("It lasts for", lasts)));
    }
}
