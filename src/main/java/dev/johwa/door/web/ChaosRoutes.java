package dev.johwa.door.web;

import dev.johwa.door.api.ChaosList;
import dev.johwa.door.api.Operation;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Releases;
import dev.johwa.serve.release.Trial;
import dev.johwa.watch.chaos.Chaos;
import dev.johwa.watch.chaos.Fault;
import dev.johwa.watch.chaos.FaultOrder;
import dev.johwa.watch.chaos.Played;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Faults on purpose, and experiments that do them.
final class ChaosRoutes {
    private static final String APP = "/api/v1/apps/{project}/{app}";
    private static final String ENVIRONMENT = "environment";
    private static final int LARGEST_FILE = 256 << 10;

    private final WebRooms rooms;
    private final Chaos chaos;
    private final Releases releases;
    private final LongWorks works;

    ChaosRoutes(WebRooms rooms, LongWorks works) {
        this.rooms = rooms;
        this.chaos = rooms.chaos();
        this.releases = rooms.releases();
        this.works = works;
    }

    List<Route> all() {
        return List.of(
                Route.get("/api/v1/faults", Access.SIGNED_IN, "Faults that are on", this::list)
                        .gives(ChaosList.class),
                Route.post(APP + "/faults", Access.OPERATE, "Break something on purpose, for a while", this::begin)
                        .takes(ChaosList.Order.class)
                        .gives(ChaosList.Item.class),
                Route.post(APP + "/faults/stop", Access.OPERATE, "Undo what is broken on purpose", this::stop)
                        .takes(ChaosList.Stop.class)
                        .gives(ChaosList.Stopped.class),
                Route.post(APP + "/experiments", Access.OPERATE, "Play an experiment of Chaos Toolkit", this::play)
                        .takes(ChaosList.Play.class)
                        .gives(202, Operation.class),
                Route.get(APP + "/experiments", Access.READ, "Experiments that were played, newest first", this::played)
                        .query(ENVIRONMENT, "production by default")
                        .gives(ChaosList.Experiments.class),
                Route.get(APP + "/experiments/{id}", Access.READ, "The journal of an experiment", this::journal)
                        .query(ENVIRONMENT, "production by default")
                        .gives(ChaosList.Journal.class));
    }

    private void list(Call call) {
        call.answer(new ChaosList(chaos.faults().stream()
                .filter(fault -> call.maySee(fault.where().project()))
                .map(ChaosRoutes::item)
                .toList()));
    }

    private static ChaosList.Item item(Fault fault) {
        return new ChaosList.Item(
                fault.id(),
                fault.where().name(),
                fault.where().environment(),
                fault.release(),
                fault.kind().word(),
                fault.words(),
                fault.instances(),
                fault.by(),
                fault.begunAt(),
                fault.endsAt());
    }

    private AppEnvironment known(Call call, String environment) {
        var where = ReleaseRoutes.where(call, environment);
        UnknownApp.require(call, releases, where);
        return where;
    }

    private void begin(Call call) throws IOException {
        var asked = call.body(ChaosList.Order.class);
        var order = FaultOrder.of(asked.kind(), asked.options());
        var where = known(call, order.environment());
        call.answer(item(chaos.begin(where, order, call.by())));
    }

    private void stop(Call call) throws IOException {
        var where = known(call, call.body(ChaosList.Stop.class).environment().orElse(""));
        call.answer(new ChaosList.Stopped(chaos.stop(where, call.by())));
    }

    private void play(Call call) throws IOException {
        var asked = call.body(ChaosList.Play.class);
        if (asked.file().length() > 200 || asked.text().length() > LARGEST_FILE) {
            throw Problem.user("chaos.large", "an experiment has at most 256 KiB")
                    .exception();
        }
        var where = known(call, asked.environment().orElse(""));
        var trial = new Trial(asked.file(), asked.text(), asked.production(), call.by());
        var cancel = new Cancel();
        var work = works.start(
                "experiment",
                where.project(),
                Optional.of(cancel),
                progress -> experiment(chaos.play(where, trial, progress, cancel)));
        call.answer(202, work.operation());
    }

    private static ChaosList.Experiment experiment(Played played) {
        return new ChaosList.Experiment(
                played.id(),
                played.where().name(),
                played.where().environment(),
                played.release(),
                played.title(),
                played.file(),
                played.by(),
                played.status(),
                played.deviated(),
                played.steady(),
                Chaos.verdict(played),
                played.startedAt(),
                played.endedAt());
    }

    private void played(Call call) {
        // Also of a release that never went live.
        var where = ReleaseRoutes.where(call, call.query(ENVIRONMENT).orElse(""));
        var played = chaos.played(where);
        if (played.isEmpty()) {
            UnknownApp.requireProject(call, rooms, where);
        }
        call.answer(new ChaosList.Experiments(
                played.stream().map(ChaosRoutes::experiment).toList()));
    }

    private void journal(Call call) {
        var where = ReleaseRoutes.where(call, call.query(ENVIRONMENT).orElse(""));
        var id = call.path("id");
        var journal = chaos.journal(where, id)
                .orElseThrow(() -> Problem.user("chaos.unknown", "there is no experiment " + id + " of " + where)
                        .hint("`johwa chaos show " + where.name() + " -e " + where.environment() + "` lists them")
                        .exception());
        @SuppressWarnings("unchecked") // a journal is a map
        var map = (Map<String, Object>) Json.read(journal, Map.class);
        call.answer(new ChaosList.Journal(map));
    }
}
