package dev.johwa.door.web;

import dev.johwa.door.web.page.AppLogView;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.release.AppEnvironment;
import java.util.List;
import java.util.Optional;

/// Which app in which environment of a project a page is about.
///
/// @param places those that could be chosen, production first
/// @param chosen empty where there is none yet
record Choice(List<AppEnvironment> places, Optional<AppEnvironment> chosen) {
    /// @throws dev.johwa.lib.problem.ProblemException `app.unknown`
    static Choice of(Call call, WebRooms rooms, String project) {
        var places = rooms.releases().environments().stream()
                .filter(where -> where.project().equals(project))
                .sorted((one, other) -> Boolean.compare(other.isProduction(), one.isProduction()))
                .toList();
        return new Choice(places, chosen(call, project, places));
    }

    private static Optional<AppEnvironment> chosen(Call call, String project, List<AppEnvironment> places) {
        var app = call.query("app");
        var environment = call.query("environment");
        if (app.isEmpty() && environment.isEmpty()) {
            return places.stream().findFirst();
        }
        var found = places.stream()
                .filter(where -> app.filter(name -> !name.equals(where.name())).isEmpty())
                .filter(where -> environment
                        .filter(name -> !name.equals(where.environment()))
                        .isEmpty())
                .findFirst();
        return Optional.of(found.orElseThrow(() -> Problem.user(
                        "app.unknown",
                        "there is no app " + app.orElse(project) + " in "
                                + environment.orElse(AppEnvironment.PRODUCTION))
                .hint("the list above names those that there are")
                .exception()));
    }

    AppEnvironment require(String project) {
        return chosen.orElseThrow(() ->
                Problem.user("app.unknown", "'" + project + "' has no app yet").exception());
    }

    List<AppLogView.Place> shown() {
        return places.stream().map(Choice::shown).toList();
    }

    static AppLogView.Place shown(AppEnvironment where) {
        return new AppLogView.Place(where.name(), where.environment());
    }
}
