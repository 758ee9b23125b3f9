package dev.johwa.serve.release;

import java.time.Instant;
import java.util.List;

/// An app in an environment that answers people not as usual, since somebody works on it. It stays until somebody ends
/// it, whatever is restarted or released meanwhile.
///
/// @param until how long requests wait in a pause; those that come later are told to come again
/// @param by who asked for it
/// @param words for people, in maintenance; may be empty
/// @param team ranges of addresses that are let in during maintenance
public record Closure(
        AppEnvironment where, Kind kind, Instant since, Instant until, String by, String words, List<String> team) {
    public Closure {
        team = List.copyOf(team);
    }

    public enum Kind {
        /// Requests wait, for a while.
        PAUSE,
        /// Everybody but the team gets a page that says so.
        MAINTENANCE
    }

    boolean isMaintenance() {
        return kind == Kind.MAINTENANCE;
    }

    /// For a person who looks how it is.
    ///
    /// @param now decides what is told of a pause
    String told(Instant now) {
        var command = where.typed();
        var start = (isMaintenance() ? "in maintenance" : "paused") + " since " + since + " by " + by;
        var waits = isMaintenance()
                ? "visitors get a page"
                : until.isAfter(now) ? "requests wait until " + until : "requests are answered 503";
        var end = isMaintenance() ? "johwa maintenance " + command + " off" : "johwa resume " + command;
        return start + ": " + waits + "; `" + end + "` ends it";
    }
}
