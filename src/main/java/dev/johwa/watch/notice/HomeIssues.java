package dev.johwa.watch.notice;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Issues of what goes wrong in a project whose home is elsewhere: opened there, unless somebody wants them here.
public final class HomeIssues {
    private final Notices notices;

    public HomeIssues(Notices notices) {
        this.notices = notices;
    }

    /// @return who is told from now on; empty where it was so already
    /// @throws dev.johwa.lib.problem.ProblemException when none can be opened there
    public Optional<Receiver> openThere(String project, String by) {
        if (of(project).findAny().isPresent()) {
            return Optional.empty();
        }
        var order = new Receiver.Order(Way.ISSUE, "", project, Set.of(), Duration.ZERO, false, by);
        return Optional.of(notices.add(order).receiver());
    }

    /// It has its home here now.
    public void openHere(String project) {
        of(project).forEach(notices::remove);
    }

    private Stream<Receiver> of(String project) {
        return notices.receivers().stream().filter(each -> each.isHomeOf(project));
    }
}
