package dev.johwa.door.web;

import dev.johwa.door.web.page.Visit;
import dev.johwa.lib.graph.Graph;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.watch.history.Window.Length;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Graphs that an issue leads to, drawn where it is shown: `/shop/metrics?app=shop&environment=production&at=…`. Of the
/// project of the issue alone, which whoever reads it may look at.
final class IssueGraphs {
    private static final Pattern ADDRESS =
            Pattern.compile("/([^/?]+)/metrics\\?app=([^&]+)&environment=([^&]+)&at=([^&]+)");
    /// What one page looks for; the others lead to theirs.
    private static final int MOST = 3;

    private final WebRooms rooms;
    private final Visit visit;
    private final String project;
    private int asked;

    IssueGraphs(WebRooms rooms, Visit visit, String project) {
        this.rooms = rooms;
        this.visit = visit;
        this.project = project;
    }

    /// None where an address leads elsewhere, or enough were asked for.
    List<Graph> of(String address) {
        var found = ADDRESS.matcher(address);
        if (!found.matches() || !found.group(1).equals(project) || asked >= MOST) {
            return List.of();
        }
        asked++;
        return where(found)
                .flatMap(where -> at(found).map(at -> {
                    var history = CourseGraphs.history(rooms);
                    var course = history.course(where, history.around(at, Length.HOUR));
                    return new CourseGraphs(visit, where)
                            .whatUsersSee(
                                    course, MetricsPages.marks(rooms.releases().list(where)));
                }))
                .orElse(List.of());
    }

    private Optional<AppEnvironment> where(Matcher found) {
        var app = decoded(found.group(2));
        var environment = decoded(found.group(3));
        return rooms.releases().environments().stream()
                .filter(each -> each.project().equals(project)
                        && each.name().equals(app)
                        && each.environment().equals(environment))
                .findFirst();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /// Years that are no time of any release are beyond what windows count with.
    private Optional<Instant> at(Matcher found) {
        try {
            return Optional.of(Instant.parse(found.group(4)))
                    .filter(at -> at.isAfter(Instant.EPOCH)
                            && !at.isAfter(rooms.clock().now()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
