package dev.johwa.watch.verdict;

import dev.johwa.lib.event.Fact;

/// What a release did to its users is known.
///
/// @param previous number of the release that served before
/// @param verdict `good`, `bad`, `unsure`, `not enough traffic`
/// @param cause by what it is bad: `errors`, `slowness`, `restarts`, `memory`; `counter` where it is unsure by what it
/// counts; else `none`
/// @param reason a line with the numbers
/// @param undone whether the one before serves again
/// @param act what was done about a bad one, or why nothing was, a sentence; empty for others
public record ReleaseJudged(
        String project,
        String app,
        String environment,
        int release,
        String commit,
        int previous,
        String verdict,
        String cause,
        String reason,
        boolean undone,
        String act)
        implements Fact {
    @Override
    public String subject() {
        return project;
    }
}
