package dev.johwa.door.web;

import dev.johwa.door.api.Event;
import dev.johwa.door.api.Operation;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.identity.Permission;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Following long work.
final class OperationRoutes {
    private static final Duration BEAT = Duration.ofSeconds(15);

    private final LongWorks works;

    OperationRoutes(LongWorks works) {
        this.works = works;
    }

    List<Route> all() {
        return List.of(
                Route.get("/api/v1/operations/{id}", Access.SIGNED_IN, "How long work goes", this::show)
                        .gives(Operation.class),
                Route.get("/api/v1/operations/{id}/events", Access.SIGNED_IN, "Follow long work (SSE)", this::follow)
                        .gives(Event.class),
                Route.delete(
                                "/api/v1/operations/{id}",
                                Access.SIGNED_IN,
                                "End long work that can be ended",
                                this::cancel)
                        .gives(Operation.class));
    }

    private void show(Call call) {
        call.answer(visible(call).operation());
    }

    private void cancel(Call call) {
        var work = visible(call);
        call.require(Permission.OPERATE, Optional.of(work.project()).filter(project -> !project.isEmpty()));
        if (!work.cancel("by " + call.by())) {
            throw Problem.user("operation.goes-on", work.operation().name() + " cannot be ended in the middle")
                    .exception();
        }
        call.answer(work.operation());
    }

    private void follow(Call call) throws IOException, InterruptedException {
        var work = visible(call);
        var stream = new EventStream(call.context());
        int next = (int) EventStream.after(call.context());
        while (true) {
            var events = work.from(next, BEAT);
            if (events.isEmpty()) {
                stream.beat();
            }
            for (var event : events) {
                next++;
                stream.send(next, event.event(), event);
                if (event.isLast()) {
                    return;
                }
            }
        }
    }

    private LongWork visible(Call call) {
        var work = works.find(call.path("id"));
        if (!call.maySee(work.project())) {
            throw Problem.user("operation.unknown", "there is no operation " + call.path("id"))
                    .exception();
        }
        return work;
    }
}
