package dev.johwa.main;

import dev.johwa.door.cli.Session;
import dev.johwa.lib.db.StatePlace;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `johwa state`: works on this machine, also while the platform does.
@Command(
        name = "state",
        description = {
            "Tells where the database of the platform is (facts, runs, releases, people): in a file of the data folder,",
            "or in a PostgreSQL. Repositories, artifacts, logs and keys are in the folder in any case."
        },
        footer = {"", "Example:", "  johwa state --data /srv/johwa"})
final class StateCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of all state (default: ~/.johwa).")
    @Nullable
    Path data;

    @Option(names = "--json", description = "One JSON document on standard output.")
    boolean json;

    StateCommand(Session session) {
        this.session = session;
    }

    /// @param kind `file` or `postgres`
    /// @param answers whether it can be reached from here
    /// @param problem why not
    private record Told(String kind, String where, boolean answers, Optional<String> problem) {}

    @Override
    public Integer call() {
        var place = StatePlace.of(session.data(data));
        if (!place.exists()) {
            throw Problem.user("state.none", "no platform has worked in " + session.data(data))
                    .hint("name its folder: johwa state --data DIR")
                    .exception();
        }
        var problem = place.problem();
        var kind = place.postgres().isPresent() ? "postgres" : "file";
        if (json) {
            session.screen().line(Json.pretty(new Told(kind, place.toString(), problem.isEmpty(), problem)));
            return 0;
        }
        session.screen().line("The state is in " + place + (problem.isEmpty() ? "; it answers." : "."));
        problem.ifPresent(why -> session.screen().line("It does not answer: " + why));
        return 0;
    }
}
