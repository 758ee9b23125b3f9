package dev.johwa.watch.notice;

import dev.johwa.lib.clock.Clock;
import dev.johwa.source.host.Tracker;
import dev.johwa.source.host.Tracker.Told;
import dev.johwa.source.host.Tracker.Word;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Issues where a project has its home: one for each condition, closed when it is over. Anybody may read them there,
/// so they hold no lines of logs, and name nobody in a way that calls them.
final class IssueSender implements Sender {
    private static final int LONGEST = 200;

    private final Tracker tracker;
    private final Clock clock;

    IssueSender(Tracker tracker, Clock clock) {
        this.tracker = tracker;
        this.clock = clock;
    }

    @Override
    public Reply send(Receiver receiver, Parcel parcel) {
        Reply last = new Reply.Accepted("nothing was to be said");
        for (var notice : parcel.notices()) {
            last = notice.phase() == Phase.TEST ? tried(receiver, notice) : reply(say(receiver, word(notice)));
            if (last instanceof Reply.Refused) {
                return last;
            }
        }
        return last;
    }

    /// Opens one and closes it at once.
    private Reply tried(Receiver receiver, Notice notice) {
        var opened = say(receiver, new Word(notice.id(), notice.id(), title(notice), text(notice), false));
        if (!(opened instanceof Told.Done(var how))) {
            return reply(opened);
        }
        var closed = say(receiver, new Word(notice.id(), notice.id() + "-over", "", "It can be closed too.", true));
        return closed instanceof Told.Done ? new Reply.Accepted(how + " and closed it") : reply(closed);
    }

    private Told say(Receiver receiver, Word word) {
        return tracker.say(receiver.project(), word);
    }

    private Reply reply(Told told) {
        return switch (told) {
            case Told.Done(var how) -> new Reply.Accepted(how);
            case Told.Failed(var why, var until) ->
                new Reply.Refused(why, until.map(time -> Duration.between(clock.now(), time)), false);
            case Told.Gone(var why) -> new Reply.Refused(why, Optional.empty(), true);
        };
    }

    private static Word word(Notice notice) {
        return new Word(notice.condition(), notice.id(), title(notice), text(notice), notice.phase() == Phase.OVER);
    }

    /// Hosts take 255 letters.
    private static String title(Notice notice) {
        var subject = notice.words().subject().replaceAll("[\\p{C}\\s]+", " ");
        var cut = subject.length() <= LONGEST ? subject : subject.substring(0, LONGEST) + "…";
        return cut + " (" + notice.kind().begun() + ")";
    }

    private static String text(Notice notice) {
        var words = notice.words();
        var text = new StringBuilder(quiet(words.headline())).append("\n");
        words.details().forEach(detail -> text.append("\n- ").append(detail.name() + ": " + quiet(detail.value())));
        list(text, "What would mend it:", words.advice());
        // Whoever reads there has them already; lines of a log are for those alone who may see the project here.
        list(text, "Commits since what was well:", words.changes());
        if (!notice.link().isEmpty()) {
            text.append("\n\n[More](").append(notice.link()).append(")");
        }
        return text.toString();
    }

    private static void list(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append("\n\n")
                    .append(title)
                    .append("\n\n")
                    .append(lines.stream().map(line -> "- " + quiet(line)).collect(Collectors.joining("\n")));
        }
    }

    /// Words of others as they are: in Markdown they would format, link, call people and refer to issues.
    private static String quiet(String text) {
        return text.replaceAll("\\s+", " ")
                .replaceAll("([\\\\`*_\\[\\]<>|~])", "\\\\$1")
                .replaceAll("([@#!])(?=\\w)", "$1\u200b");
    }
}
