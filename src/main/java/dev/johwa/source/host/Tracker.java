package dev.johwa.source.host;

import java.time.Instant;
import java.util.Optional;

/// Issues where projects have their home, opened for what goes wrong here. Whoever hears of it calls.
public interface Tracker {
    /// Finds out whether issues can be opened there, as far as that can be told without opening one.
    ///
    /// @return where, for people
    /// @throws ProblemException `issues.nowhere`, `issues.token`, `issues.off`, `issues.host`
    String require(String project);

    /// Says a word about something that lasts: the first opens an issue, others are comments below it, and the last
    /// closes it unless a person did. Said twice it is there once.
    Told say(String project, Word word);

    /// @param about the same as long as it lasts
    /// @param id of the word itself
    /// @param text in Markdown
    /// @param isOver whether it is the last
    record Word(String about, String id, String title, String text, boolean isOver) {}

    /// What became of it.
    sealed interface Told {
        /// @param how for a person: `opened https://github.com/acme/shop/issues/7`
        record Done(String how) implements Told {}

        /// @param why for a person, with what to do
        /// @param until when the host wants to be left alone
        record Failed(String why, Optional<Instant> until) implements Told {}

        /// The project has no home elsewhere any more.
        record Gone(String why) implements Told {}
    }
}
