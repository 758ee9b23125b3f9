package dev.johwa.door.web;

import dev.johwa.door.api.Admission;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.identity.Sessions;
import java.util.List;

/// The way from a terminal into the pages, for whoever has shown a token already.
final class AdmissionRoutes {
    private final Sessions sessions;
    private final Clock clock;

    AdmissionRoutes(Sessions sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    List<Route> all() {
        return List.of(
                Route.post("/api/v1/admissions", Access.SIGNED_IN, "Log one browser in, once and soon", this::admit)
                        .gives(201, Admission.class));
    }

    private void admit(Call call) {
        var word = Gate.shown(call.context())
                .flatMap(sessions::admit)
                .orElseThrow(() -> Problem.user("token.unauthenticated", "the access token is not known here")
                        .exception());
        call.answer(201, new Admission("/login?once=" + word, clock.now().plus(Sessions.SOON)));
    }
}
