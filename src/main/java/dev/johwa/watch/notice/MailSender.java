package dev.johwa.watch.notice;

import dev.johwa.lib.mail.Handover;
import dev.johwa.lib.mail.Mail;
import dev.johwa.lib.problem.ProblemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Letters. Those of one condition refer to it, so that readers put them together.
final class MailSender implements Sender {
    private final MailSettings settings;
    private final Receivers receivers;
    private final Handover handover;

    /// @param patience for each answer of the server
    MailSender(MailSettings settings, Receivers receivers, Duration patience) {
        this.settings = settings;
        this.receivers = receivers;
        this.handover = new Handover(patience);
    }

    @Override
    public Reply send(Receiver receiver, Parcel parcel) {
        var server = settings.require();
        // Nobody should answer that they are on holiday.
        var headers = new HashMap<>(Map.of("Auto-Submitted", "auto-generated", "X-Auto-Response-Suppress", "All"));
        if (!parcel.isDigest() && !parcel.only().condition().isEmpty()) {
            var thread = "<" + parcel.only().condition() + "@" + server.sender() + ">";
            headers.put("In-Reply-To", thread);
            headers.put("References", thread);
        }
        var letter = new Letter(receiver, parcel);
        var mail = new Mail(
                parcel.id() + "@" + server.sender(),
                receivers.address(receiver),
                letter.subject(),
                parcel.notices().getLast().at(),
                letter.plain(),
                letter.html(),
                headers);
        try {
            return new Reply.Accepted(handover.send(server, mail));
        } catch (ProblemException e) {
            // Who reads it looks after the server, and is told what to do.
            return new Reply.Refused(e.problem().message() + "; " + e.problem().hint());
        }
    }
}
