package dev.johwa.door.web;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Near;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Projects that there are, and the one that a page is about.
final class KnownProject {
    private KnownProject() {}

    /// Those of all projects, in order: of repositories, and of what serves without one.
    static SortedSet<String> names(WebRooms rooms) {
        var names = new TreeSet<>(rooms.repositories().list());
        rooms.releases().environments().forEach(where -> names.add(where.project()));
        return names;
    }

    /// Its name.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException `project.unknown`
    static String require(Call call, WebRooms rooms) {
        return require(call, rooms, call.path("project"));
    }

    /// The same name.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException `project.unknown`
    static String require(Call call, WebRooms rooms, String project) {
        if (isThere(rooms, project)) {
            return project;
        }
        var seen = rooms.repositories().list().stream().filter(call::maySee).toList();
        throw Problem.user("project.unknown", "there is no project '" + project + "'")
                .hint(Near.question(project, seen)
                        .orElse("the first push makes it: git push "
                                + call.context().scheme() + "://"
                                + call.context().host() + "/" + project + ".git main"))
                .exception();
    }

    /// Whether it has a repository, or serves without one.
    static boolean isThere(WebRooms rooms, String project) {
        return rooms.repositories().exists(project)
                || !rooms.releases().status(Optional.of(project)).isEmpty();
    }
}
