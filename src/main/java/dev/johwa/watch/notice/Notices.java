package dev.johwa.watch.notice;

import dev.johwa.lib.event.Entry;
import dev.johwa.lib.event.Subscription;
import dev.johwa.lib.mail.MailServer;
import dev.johwa.lib.problem.Problem;
import dev.johwa.watch.notice.Hearing.Meaning;
import dev.johwa.watch.notice.Sign.Detail;
import dev.johwa.watch.notice.Sign.Words;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells people what is wrong and when it is well again. Safe for use by many threads.
///
/// A fact is heard and what comes of it written in one transaction, so that it is told once however often it is heard;
/// a word is written before it is sent, so that it is sent at least once whenever we are killed.
public final class Notices {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    private static final String NAME = "notices";
    private static final Duration LOOK = Duration.ofMinutes(1);
    /// Of what happened longer ago nobody is told: it was before there was anybody to tell.
    private static final Duration OLD = Duration.ofDays(1);
    /// A receiver that cannot be told for so long is a thing to be told of.
    private static final Duration DEAF = Duration.ofHours(1);

    private final NoticePorts ports;
    private final Receivers receivers;
    private final MailSettings mail;
    private final Conditions conditions;
    private final Telling telling;
    private final Hearing hearing;
    private final Closer closer;
    private final Senders senders;
    private final Post post;
    private final Heartbeats heartbeats;

    public Notices(NoticePorts ports) {
        this.ports = ports;
        this.receivers = new Receivers(ports.database(), ports.values(), ports.clock(), ports.lookup());
        this.mail = new MailSettings(ports.database(), ports.values());
        this.conditions = new Conditions(ports.evidence());
        this.telling = new Telling(ports, conditions);
        this.closer = new Closer(ports.evidence(), this::isOpen);
        this.hearing = new Hearing(ports.evidence(), closer, this::isOpen);
        this.senders = new Senders(ports, receivers, mail);
        this.heartbeats = new Heartbeats(ports, senders);
        this.post = new Post(ports.database(), ports.clock(), ports.tasks(), senders, new Backoff(new SecureRandom()));
    }

    /// Hears, looks and tells from now on.
    public void start() {
        ports.database().write(handle -> {
            conditions.startAnew(handle, now());
            return 0;
        });
        ports.facts().subscribe(Subscription.of(NAME), this::hear);
        ports.tasks().every(LOOK, "looks for notices", this::look);
        post.start();
    }

    private Instant now() {
        return ports.clock().now();
    }

    private boolean isOpen(String key) {
        return ports.database().read(handle -> conditions.open(handle, key)).isPresent();
    }

    void hear(Entry entry) {
        if (entry.at().isBefore(now().minus(OLD))) {
            return;
        }
        // What it takes to say it well is looked up before, since nobody may wait for it while state is written.
        var meaning = hearing.of(entry.fact());
        boolean isOfCauses = ports.causes().follows(entry.fact());
        if ((meaning.isPresent() || isOfCauses) && hear(entry, meaning, isOfCauses)) {
            post.wake();
        }
    }

    /// @return whether there is something to tell
    private boolean hear(Entry entry, Optional<Meaning> meaning, boolean isOfCauses) {
        return ports.database().write(handle -> {
            if (!mark(handle, entry.position())) {
                return false;
            }
            boolean isTold =
                    meaning.filter(each -> hear(handle, each, entry.at())).isPresent();
            if (isOfCauses) {
                ports.causes().follow(handle, entry);
            }
            return isTold;
        });
    }

    private boolean hear(Handle handle, Meaning meaning, Instant at) {
        var notice = switch (meaning) {
            case Meaning.Bad(var sign) -> conditions.seen(handle, sign, at);
            case Meaning.Once(var sign) -> conditions.once(handle, sign, at);
            case Meaning.Good(var key, var over) -> conditions.well(handle, key, over, at);
        };
        notice.ifPresent(each -> {
            if (meaning instanceof Meaning.Once) {
                Outbox.put(handle, each, at);
            } else {
                telling.say(handle, each, at);
            }
        });
        return notice.isPresent();
    }

    /// @return whether it is new
    private static boolean mark(Handle handle, long position) {
        return handle.createUpdate("insert into notices_heard (name, position) values (:name, :position)"
                                + " on conflict (name) do update set position = excluded.position"
                                + " where notices_heard.position < excluded.position")
                        .bind("name", NAME)
                        .bind("position", position)
                        .execute()
                > 0;
    }

    /// One look at everything that no fact tells of, as each minute does.
    public void look() {
        letGo();
        for (var look : ports.looks()) {
            try {
                if (look.isReady()) {
                    var signs = closer.of(look.signs(this::isOpen));
                    tell(handle -> look(handle, look.kind(), signs));
                }
            } catch (RuntimeException e) {
                LOG.warn("looking at {} failed", look.kind().word(), e);
            }
        }
        tell(handle -> look(handle, Kind.RECEIVERS, deaf(handle)));
        tell(handle -> conditions.ended(handle, now()));
        ports.causes().look();
        ports.database().write(handle -> {
            telling.due(handle);
            conditions.tidy(handle, now());
            Outbox.tidy(handle, now());
            return 0;
        });
        post.wake();
        heartbeats.round();
    }

    /// What was removed ends without a word, but for issues, which would stay open for ever.
    private void letGo() {
        for (var condition : ports.database().read(handle -> conditions.open(handle))) {
            if (!isThere(condition)) {
                ports.database().write(handle -> {
                    telling.gone(handle, condition);
                    return 0;
                });
            }
        }
    }

    private boolean isThere(Condition condition) {
        boolean isOfReceiver = condition.kind() == Kind.RECEIVERS;
        return isOfReceiver
                ? receivers.list().stream().anyMatch(each -> deafness(each).equals(condition.key()))
                : hearing.isThere(condition)
                        && ports.looks().stream()
                                .filter(look -> look.kind() == condition.kind())
                                .allMatch(look -> look.isThere(condition.key()));
    }

    private static String deafness(Receiver receiver) {
        return "receiver:" + receiver.id();
    }

    private void tell(Function<Handle, List<Notice>> found) {
        ports.database().write(handle -> {
            found.apply(handle).forEach(notice -> telling.say(handle, notice, now()));
            return 0;
        });
    }

    private List<Notice> look(Handle handle, Kind kind, List<Sign> signs) {
        var now = now();
        var keys = signs.stream().map(Sign::key).toList();
        conditions.open(handle).stream()
                .filter(each -> each.kind() == kind && !keys.contains(each.key()))
                .forEach(each -> conditions.notSeen(handle, each, now));
        return signs.stream()
                .flatMap(sign -> conditions.seen(handle, sign, now).stream())
                .toList();
    }

    private List<Sign> deaf(Handle handle) {
        return Receivers.list(handle).stream()
                .filter(each -> !each.state().stopped().isEmpty()
                        || each.state()
                                .failingSince()
                                .filter(since -> !since.plus(DEAF).isAfter(now()))
                                .isPresent())
                .map(Notices::deaf)
                .toList();
    }

    private static Sign deaf(Receiver receiver) {
        var words = Words.of(
                        "receiver " + receiver.shown() + " (" + receiver.id() + ")",
                        receiver.shown() + " cannot be told: "
                                + receiver.state().answer(),
                        "")
                .advice("When it is mended: johwa notify test " + receiver.id());
        return new Sign(
                Kind.RECEIVERS,
                deafness(receiver),
                receiver.project(),
                "",
                words,
                receiver.shown() + " can be told again");
    }

    /// An alert that others sent here.
    ///
    /// @param sign whose mark tells this time from others that it fired
    public record Outside(boolean isFiring, Sign sign) {}

    /// Hears of alerts of others. What was heard already, or is over, changes nothing when it is sent again.
    ///
    /// @return how many were new
    public int hear(List<Outside> alerts) {
        int heard = ports.database().write(handle -> {
            int count = 0;
            for (var alert : alerts) {
                count += telling.hear(handle, alert) ? 1 : 0;
            }
            return count;
        });
        post.wake();
        return heard;
    }

    /// Who is told, with how it goes.
    public List<Receiver> receivers() {
        return receivers.list();
    }

    /// By its id, or by its address where only one has it.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException `notify.unknown`
    public Receiver require(String name, Predicate<Receiver> isVisible) {
        var found = receivers.list().stream()
                .filter(isVisible)
                .filter(each -> each.id().equals(name) || each.shown().equals(name))
                .toList();
        if (found.size() != 1) {
            throw Problem.user(
                            "notify.unknown",
                            found.isEmpty()
                                    ? "there is no receiver " + name
                                    : found.size() + " receivers have the address " + name)
                    .hint("`johwa notify` lists them with their ids")
                    .exception();
        }
        return found.getFirst();
    }

    /// How many words wait for a receiver.
    public int waiting(Receiver receiver) {
        return ports.database().read(handle -> Outbox.waiting(handle, receiver.id()));
    }

    /// A receiver that was added, with the secret that its webhooks are signed with; it is told once.
    public record Added(Receiver receiver, Optional<String> secret) {}

    /// From now on it is told what happens.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when it cannot be told, or is told already
    public Added add(Receiver.Order order) {
        if (order.way() == Way.MAIL) {
            mail.require();
        }
        if (order.way() == Way.HEARTBEAT && !order.project().isEmpty()) {
            throw Problem.user("notify.project", "a heartbeat is of the whole server, not of " + order.project())
                    .hint("add it without a project, as an owner")
                    .exception();
        }
        var added = receivers.add(order.way() == Way.ISSUE ? order.at(tracker(order)) : order);
        return new Added(added.receiver(), added.secret());
    }

    private String tracker(Receiver.Order order) {
        if (order.project().isEmpty()) {
            throw Problem.user("notify.project", "issues are opened where one project has its home")
                    .hint("name it: johwa notify add issue --project NAME")
                    .exception();
        }
        return ports.tracker().require(order.project());
    }

    public void remove(Receiver receiver) {
        receivers.remove(receiver.id());
    }

    /// Sends a word now that nothing happened, and tells what was answered. Where it arrives, what waits goes out too.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException `notify.refused` with the answer
    public String test(Receiver receiver, String by) {
        var at = now();
        var id = Outbox.newId();
        var words = Words.of(
                "word from Johwa",
                "This is a test: nothing happened. Whatever goes wrong will be told here.",
                receiver.project().isEmpty() ? "/" : "/" + receiver.project());
        var notice = new Notice(
                id,
                "",
                Phase.TEST,
                Kind.RECEIVERS,
                receiver.project(),
                at,
                at,
                ports.evidence().address(words.path()),
                words.details(new Detail("Asked by", by)));
        return switch (senders.send(receiver, new Parcel(id, List.of(notice)))) {
            case Reply.Accepted(var text) -> {
                ports.database().write(handle -> {
                    Outbox.well(handle, receiver.id(), text, now());
                    return 0;
                });
                post.wake();
                yield text;
            }
            case Reply.Refused(var text, var _, var _) ->
                throw Problem.external("notify.refused", receiver.shown() + " did not take it: " + text)
                        .hint("mend what it says, and try again: `johwa notify test " + receiver.id() + "`")
                        .exception();
        };
    }

    /// The server that takes mail.
    public Optional<MailServer> mailServer() {
        return mail.find();
    }

    public void mailServer(MailServer server) {
        mail.set(server);
        post.wake();
    }

    /// @return whether there was one
    public boolean removeMailServer() {
        return mail.remove();
    }

    /// What is or was wrong, what lasts first.
    ///
    /// @param begun the word that was said when it began
    /// @param advice what would mend it, a line each
    public record Told(
            String subject,
            Kind kind,
            String project,
            Instant begun,
            Optional<Instant> ended,
            String headline,
            String link,
            List<String> advice) {}

    /// The newest that somebody may see.
    public List<Told> told(Predicate<String> isVisible, int limit) {
        return ports.database().read(handle -> conditions.newest(handle, 1_000)).stream()
                .filter(each -> isVisible.test(each.first().project()))
                .limit(limit)
                .map(Notices::told)
                .toList();
    }

    private static Told told(Condition condition) {
        var first = condition.first();
        boolean isOver = condition.endedAt().isPresent();
        return new Told(
                first.words().subject(),
                condition.kind(),
                first.project(),
                first.begun(),
                condition.endedAt(),
                isOver ? condition.over() : first.words().headline(),
                first.link(),
                first.words().advice());
    }
}
