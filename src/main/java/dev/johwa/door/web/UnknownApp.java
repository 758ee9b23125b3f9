package dev.johwa.door.web;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Near;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Releases;
import java.util.List;

/// Tells that an app is not there, and which one may have been meant, of those that who asks may see.
final class UnknownApp {
    private UnknownApp() {}

    /// Refuses one that never had a release there.
    static void require(Call call, Releases releases, AppEnvironment where) {
        if (!releases.environments().contains(where)) {
            throw problem(call, releases, where);
        }
    }

    /// Refuses one of a project that is not there. An app may be asked for before its first release.
    static void requireProject(Call call, WebRooms rooms, AppEnvironment where) {
        if (!KnownProject.isThere(rooms, where.project())) {
            throw problem(call, rooms.releases(), where);
        }
    }

    static ProblemException problem(Call call, Releases releases, AppEnvironment where) {
        var seen = releases.environments().stream()
                .filter(each -> call.maySee(each.project()))
                .toList();
        var elsewhere = seen.stream()
                .filter(each -> each.name().equals(where.name()))
                .map(AppEnvironment::environment)
                .toList();
        var hint = elsewhere.isEmpty()
                ? similar(where, seen)
                : Near.question(where.environment(), elsewhere).orElse("it is in " + String.join(", ", elsewhere));
        return Problem.user("app.unknown", "there is no app " + where)
                .hint(hint)
                .exception();
    }

    /// One whose name differs in some letters, or that has this name within its project.
    private static String similar(AppEnvironment where, List<AppEnvironment> seen) {
        var named = seen.stream().filter(each -> !each.app().equals(each.project()));
        var within = named.filter(each -> each.app().equals(where.app()))
                .map(AppEnvironment::name)
                .distinct()
                .toList();
        if (!within.isEmpty()) {
            return "did you mean '" + String.join("' or '", within) + "'?";
        }
        var names = seen.stream().map(AppEnvironment::name).distinct().toList();
        return Near.question(where.name(), names).orElse("`johwa apps` lists those that went live");
    }
}
