package dev.johwa.door.web;

import dev.johwa.door.api.ReceiverList;
import dev.johwa.lib.mail.MailServer;
import dev.johwa.watch.notice.Kind;
import dev.johwa.watch.notice.Notices;
import dev.johwa.watch.notice.Receiver;
import java.util.Optional;

/// Who is told when something goes wrong, and what was told, as the API tells it.
final class ReceiverItems {
    private ReceiverItems() {}

    static ReceiverList.Condition condition(Notices.Told told) {
        return new ReceiverList.Condition(
                told.subject(),
                told.kind().word(),
                known(told.project()),
                told.headline(),
                told.begun(),
                told.ended(),
                known(told.link()),
                told.advice());
    }

    static ReceiverList.Item item(Receiver receiver, Notices notices) {
        var state = receiver.state();
        boolean isTried = state.failingSince().isPresent() && state.stopped().isEmpty();
        return new ReceiverList.Item(
                receiver.id(),
                receiver.way().word(),
                receiver.shown(),
                known(receiver.project()),
                receiver.kinds().stream().sorted().map(Kind::word).toList(),
                receiver.remind().toMinutes(),
                receiver.createdBy(),
                word(state),
                notices.waiting(receiver),
                state.failingSince(),
                isTried ? Optional.of(state.nextAt()) : Optional.empty(),
                known(state.answer()),
                state.answeredAt());
    }

    private static String word(Receiver.State state) {
        if (!state.stopped().isEmpty()) {
            return "stopped";
        }
        if (state.failingSince().isPresent()) {
            return "failing";
        }
        return state.answeredAt().isPresent() ? "well" : "new";
    }

    static ReceiverList.Mail mail(MailServer server) {
        return new ReceiverList.Mail(server.address(), server.from(), Words.lower(server.safety()));
    }

    /// A text that may be empty, which stands for none.
    static Optional<String> known(String text) {
        return Optional.of(text).filter(each -> !each.isEmpty());
    }
}
