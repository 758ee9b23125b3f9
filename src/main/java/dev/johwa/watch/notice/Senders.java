package dev.johwa.watch.notice;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Tasks;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every way to tell somebody. Whatever goes wrong on it is an answer, and none takes for ever.
final class Senders implements Sender {
    private static final Logger LOG = LoggerFactory.getLogger(Senders.class);
    private static final int LONGEST_ANSWER = 300;

    private final Sender mail;
    private final Sender webhook;
    private final Sender slack;
    private final Sender issue;
    private final Sender heartbeat;
    private final Tasks tasks;
    private final Duration atMost;

    Senders(NoticePorts ports, Receivers receivers, MailSettings settings) {
        var clock = ports.clock();
        var atMost = ports.patience();
        this.mail = new MailSender(settings, receivers, atMost.dividedBy(4));
        this.webhook = new WebhookSender(receivers, clock, atMost.dividedBy(2));
        this.slack = new SlackSender(receivers, clock, atMost.dividedBy(2));
        var http = new HttpSender(receivers, clock, atMost.dividedBy(2));
        this.heartbeat = (receiver, _) -> http.post(receiver, Map.of(), "{}");
        this.issue = new IssueSender(ports.tracker(), clock);
        this.tasks = ports.tasks();
        this.atMost = atMost;
    }

    @Override
    public Reply send(Receiver receiver, Parcel parcel) {
        var sender = switch (receiver.way()) {
            case MAIL -> mail;
            case WEBHOOK -> webhook;
            case SLACK -> slack;
            case ISSUE -> issue;
            case HEARTBEAT -> heartbeat;
        };
        try {
            return tasks.call("tell " + receiver.id(), () -> tried(sender, receiver, parcel))
                    .get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Reply.Refused("it did not come to an end within " + atMost.toSeconds() + " s");
        } catch (ExecutionException e) {
            LOG.warn("telling receiver={} failed", receiver.id(), e.getCause());
            return new Reply.Refused(cut(String.valueOf(e.getCause())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Refused("it was interrupted");
        }
    }

    private static Reply tried(Sender sender, Receiver receiver, Parcel parcel) {
        try {
            return switch (sender.send(receiver, parcel)) {
                case Reply.Accepted(var text) -> new Reply.Accepted(cut(text));
                case Reply.Refused(var text, var after, var gone) -> new Reply.Refused(cut(text), after, gone);
            };
        } catch (ProblemException e) {
            return new Reply.Refused(cut(e.problem().message()), Optional.empty(), false);
        }
    }

    /// In one line, of a length that fits into a table.
    private static String cut(String text) {
        var line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_ANSWER ? line : line.substring(0, LONGEST_ANSWER) + "…";
    }
}
