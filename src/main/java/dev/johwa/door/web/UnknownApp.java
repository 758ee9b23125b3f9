package dev.johwa.door.web;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Near;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Releases;
import java.util.Optional;

/// Tells that an app is not there, and which one may have been meant, of those that who asks may see.
final class UnknownApp {
    private UnknownApp() {}

    static ProblemException problem(Call call, Releases releases, AppEnvironment where) {
        var names = releases.status(Optional.empty()).stream()
                .map(status -> status.where())
                .filter(each -> call.maySee(each.project()))
                .map(AppEnvironment::name)
                .distinct()
                .toList();
        var hint = Near.question(where.name(), names).orElse("`johwa apps` lists them");
        return Problem.user("app.unknown", "there is no app " + where)
                .hint(hint)
                .exception();
    }
}
