package dev.johwa.watch.notice;

import dev.johwa.lib.event.Entry;
import dev.johwa.lib.event.Fact;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Puts what is wrong together by its cause, so that people are told of that, once. Whoever is told of it hears of the
/// cause by its id, which stands in place of the condition's.
public interface Causes {
    /// What becomes of a word about a condition, within the transaction in which it is written down.
    ///
    /// @param key of the condition
    List<Told> gather(Handle handle, String key, Notice notice);

    /// Whether something that happened may belong to what is wrong.
    boolean follows(Fact fact);

    /// It happened, behind what was gathered of it; once for each fact.
    void follow(Handle handle, Entry entry);

    /// Looks up what only other rooms know, outside of any transaction. Called each minute.
    void look();

    /// What is to be told now that time went by. Called each minute.
    List<Told> due(Handle handle);

    /// The first words of what lasts and nobody takes care of, for those who want to be reminded.
    List<Notice> unattended(Handle handle);

    /// A word about a cause.
    ///
    /// @param isNoted whether it is written down for those who mend it, too
    record Told(Notice notice, Reach reach, boolean isNoted) {}

    /// Whom a word is for, among those who want to be told of such things.
    enum Reach {
        ALL,
        /// Those who heard nothing of this cause.
        NEW,
        NOBODY
    }
}
