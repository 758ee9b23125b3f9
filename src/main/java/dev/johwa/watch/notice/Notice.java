package dev.johwa.watch.notice;

import dev.johwa.watch.notice.Sign.Detail;
import java.time.Instant;
import java.util.List;

/// A word to a receiver.
///
/// @param id the same each time it is sent
/// @param condition of which it tells; empty for a test
/// @param begun when the condition began
/// @param link to the page that shows more; empty when there is none
public record Notice(
        String id,
        String condition,
        Phase phase,
        Kind kind,
        String project,
        Instant begun,
        Instant at,
        String link,
        Sign.Words words) {

    /// `[failed] shop: release to production`. Only what stands in brackets changes while a condition lasts, which
    /// readers of mail leave out when they put letters together.
    String subject() {
        return "[" + phase.word(kind) + "] " + words.subject();
    }

    /// `releases.failed`.
    String type() {
        return kind.word() + "." + phase.type(kind);
    }

    boolean isGood() {
        return phase == Phase.OVER || phase == Phase.TEST;
    }

    Notice of(String other) {
        return new Notice(other, condition, phase, kind, project, begun, at, link, words);
    }

    /// The same about a cause, of which the condition is a part.
    public Notice about(String cause, Phase other) {
        boolean isNew = phase == Phase.AGAIN && other == Phase.BEGAN;
        return new Notice(id, cause, other, kind, project, isNew ? at : begun, at, link, words);
    }

    /// The same with what happened while it lasted.
    public Notice story(List<String> lines) {
        return new Notice(id, condition, phase, kind, project, begun, at, link, words.story(lines));
    }

    /// The same as it stands now.
    Notice saying(String headline) {
        return new Notice(id, condition, phase, kind, project, begun, at, link, words.saying(headline));
    }

    /// The word at another moment of the same condition.
    public Notice at(Phase other, Instant when, String headline, List<Detail> details) {
        var plain = Sign.Words.of(words.subject(), headline, words.path()).details(details.toArray(Detail[]::new));
        return new Notice("", condition, other, kind, project, begun, when, link, plain);
    }
}
