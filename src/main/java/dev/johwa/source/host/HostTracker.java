package dev.johwa.source.host;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.host.HostFailed.Reason;
import dev.johwa.source.host.IssueStore.Known;
import dev.johwa.source.host.Tracker.Told.Done;
import dev.johwa.source.host.Tracker.Told.Failed;
import dev.johwa.source.host.Tracker.Told.Gone;
import java.util.Optional;
import java.util.function.Function;

/// Opens issues at hosts. What is written there ends in a mark that nobody sees, by which it is found again where we
/// were killed before we could write down that it is there.
final class HostTracker implements Tracker {
    private final ConnectionStore connections;
    private final IssueStore issues;
    private final Function<Connection, Optional<HostApi>> hosts;

    /// @param hosts what is spoken with a host to which there is a token; empty where nothing is
    HostTracker(ConnectionStore connections, IssueStore issues, Function<Connection, Optional<HostApi>> hosts) {
        this.connections = connections;
        this.issues = issues;
        this.hosts = hosts;
    }

    @Override
    public String require(String project) {
        var connection = connections
                .find(project)
                .orElseThrow(() -> Problem.user("issues.nowhere", nowhere(project))
                        .hint("connect it where its issues are: johwa connect URL --name " + project + " --with-token")
                        .exception());
        var place = connection.home().shown();
        var there = hosts.apply(connection)
                .orElseThrow(() -> Problem.user("issues.token", "there is no token for " + place)
                        .hint(again(connection))
                        .exception())
                .issues();
        try {
            if (!there.areThere()) {
                throw Problem.user("issues.off", place + " has no issues: they are turned off there")
                        .hint("turn them on in the settings of the repository")
                        .exception();
            }
            there.touch();
            return place;
        } catch (HostFailed e) {
            throw problem(connection, e);
        }
    }

    private static ProblemException problem(Connection connection, HostFailed failed) {
        return Problem.external("issues.host", connection.home().shown() + " shows no issues: " + failed.getMessage())
                .hint(
                        switch (failed.reason()) {
                            case LIMITED, OUT -> "try again later";
                            case REFUSED, FORBIDDEN, MISSING, MOVED, STRANGE, WRONG -> again(connection);
                        })
                .exception();
    }

    private static String nowhere(String project) {
        return "'" + project + "' is not connected to another host, so it has no issues there";
    }

    private static String again(Connection connection) {
        return "give a token that may read and write issues: johwa connect "
                + connection.home().url() + " --name " + connection.project() + " --with-token";
    }

    @Override
    public Told say(String project, Word word) {
        var connection = connections.find(project);
        if (connection.isEmpty()) {
            return new Gone(nowhere(project));
        }
        var api = hosts.apply(connection.get());
        if (api.isEmpty()) {
            return new Failed("there is no token; " + again(connection.get()), Optional.empty());
        }
        try {
            return new Done(said(connection.get(), api.get().issues(), word));
        } catch (HostFailed e) {
            boolean isOfToken = switch (e.reason()) {
                case REFUSED, FORBIDDEN, MISSING -> true;
                case LIMITED, OUT, MOVED, STRANGE, WRONG -> false;
            };
            var why = "no issue can be written there: " + e.getMessage();
            return new Failed(isOfToken ? why + "; " + again(connection.get()) : why, e.until());
        }
    }

    private String said(Connection connection, HostIssues there, Word word) throws HostFailed {
        var known = known(connection, there, word);
        if (known.isEmpty()) {
            return word.isOver() ? "no issue was open" : opened(connection, there, word);
        }
        int number = known.get().number();
        var issue = there.get(number);
        boolean isSaid = issue.text().endsWith(first(word))
                || there.comments(number).stream().anyMatch(text -> text.endsWith(mark(word.id())));
        if (!isSaid) {
            there.say(number, word.text() + "\n\n" + mark(word.id()));
        }
        settle(connection.project(), there, word, known.get(), issue.isOpen());
        return (word.isOver() ? "closed " : "commented ") + page(connection, number);
    }

    /// One that was opened before we were killed is found by its mark; of one that was deleted there is none.
    private Optional<Known> known(Connection connection, HostIssues there, Word word) throws HostFailed {
        var known = issues.find(connection.project(), word.about());
        if (known.isPresent() && isThere(there, known.get().number())) {
            return known;
        }
        var found = there.open().stream()
                .filter(issue -> issue.text().endsWith(mark(word.about())))
                .map(issue -> new Known(issue.number(), false))
                .findFirst();
        found.ifPresent(each -> issues.put(connection.project(), word.about(), each));
        return found;
    }

    private static boolean isThere(HostIssues there, int number) throws HostFailed {
        try {
            var _ = there.get(number);
            return true;
        } catch (HostFailed e) {
            if (e.reason() == Reason.MISSING) {
                return false;
            }
            throw e;
        }
    }

    private String opened(Connection connection, HostIssues there, Word word) throws HostFailed {
        int number = there.open(word.title(), word.text() + "\n\n" + first(word));
        issues.put(connection.project(), word.about(), new Known(number, false));
        return "opened " + page(connection, number);
    }

    /// Only what we closed do we open again, and what a person closed stays so.
    private void settle(String project, HostIssues there, Word word, Known known, boolean isOpen) throws HostFailed {
        if (word.isOver() && isOpen) {
            issues.put(project, word.about(), new Known(known.number(), true));
            there.setOpen(known.number(), false);
        } else if (!word.isOver() && known.closed()) {
            there.setOpen(known.number(), true);
            issues.put(project, word.about(), new Known(known.number(), false));
        }
    }

    private static String first(Word word) {
        return mark(word.id()) + "\n" + mark(word.about());
    }

    private static String mark(String id) {
        return "<!-- johwa " + id + " -->";
    }

    private static String page(Connection connection, int number) {
        return connection.issues().page(number).orElse("#" + number);
    }
}
