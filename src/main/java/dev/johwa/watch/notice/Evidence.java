package dev.johwa.watch.notice;

import dev.johwa.watch.notice.Sign.App;
import dev.johwa.watch.notice.Sign.Detail;
import dev.johwa.watch.notice.Sign.Said;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What is looked up for a word, so that who reads it need not.
public interface Evidence {
    /// How a run went that is over.
    Optional<RunSeen> run(String project, int number);

    /// @param environment where it was to go; empty: nowhere
    /// @param preview whether that is of a branch only
    /// @param refused whether its push was, so that nothing changed for anybody else
    /// @param words the begin and the end of its log
    record RunSeen(
            String environment,
            boolean preview,
            boolean refused,
            String by,
            String subject,
            List<String> advice,
            Said words) {
        public RunSeen {
            advice = List.copyOf(advice);
        }
    }

    /// Whether it is still there: who removed it need not hear that it is well again.
    boolean isThere(Place place);

    /// @param app empty where it is about the whole project
    /// @param environment empty like that
    /// @param job empty like that
    record Place(String project, String app, String environment, String job) {}

    /// Whether an environment is of a branch only.
    boolean isPreview(String project, String app, String environment);

    /// The first and the last lines that instances of a release printed.
    Said said(String project, String app, String environment, int release);

    /// A release of an app.
    ///
    /// @param number of the one that is meant; empty: the one that serves
    Optional<Released> release(App app, OptionalInt number);

    record Released(int number, String commit) {}

    /// How an app did in the last half hour, a line each, as characters that draw it; none where nobody asked it.
    List<Detail> figures(App app);

    /// Commits since what was well before: `a1b2c3d4 Fill the basket (Kim)`, newest first.
    ///
    /// @param to the commit that is not well
    List<String> changes(String project, String environment, String to);

    /// A commit in a line: `a1b2c3d4 Fill the basket`.
    String commit(String project, String id);

    /// A line without the secrets of a project.
    String hide(String project, String line);

    /// Lines without them.
    default List<String> hide(String project, List<String> lines) {
        return lines.stream().map(line -> hide(project, line)).toList();
    }

    /// The address of a page, `/shop/runs/7`; empty when people reach none.
    String address(String path);
}
