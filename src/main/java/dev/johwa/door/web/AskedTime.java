package dev.johwa.door.web;

import dev.johwa.door.web.page.AppLogView;
import dev.johwa.lib.problem.Problem;
import java.time.Instant;
import java.util.Optional;

/// The part of time that an address names by `since` and `until`.
final class AskedTime {
    private AskedTime() {}

    /// Empty where it names none; until now where it has no end.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException `request.since`
    static Optional<AppLogView.Time> of(Call call, Instant now) {
        var since = call.query("since").map(text -> Since.instant(text, now));
        var until = call.query("until").map(text -> Since.instant(text, now));
        if (since.isEmpty()) {
            return Optional.empty();
        }
        if (!since.get().isBefore(until.orElse(now))) {
            throw Problem.user("request.since", since.get() + " is not before " + until.orElse(now))
                    .hint("name the earlier moment as since, the later one as until")
                    .exception();
        }
        return Optional.of(new AppLogView.Time(since.get(), until.orElse(now)));
    }
}
