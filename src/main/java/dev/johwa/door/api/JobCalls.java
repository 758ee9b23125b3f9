package dev.johwa.door.api;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What a [Client] asks about jobs.
public final class JobCalls {
    private final Wire wire;
    private final Client client;

    JobCalls(Wire wire, Client client) {
        this.wire = wire;
        this.client = client;
    }

    /// Those of an app, or of all.
    public JobList list(Optional<AppName> name, Optional<String> environment) {
        var query = Client.query("environment", environment);
        return name.map(app -> wire.get(Client.app(app, "/jobs"), query, JobList.class))
                .orElseGet(() -> wire.get("/api/v1/jobs", Map.of(), JobList.class));
    }

    /// A job: of which app, in which environment, under which name.
    public record Place(AppName app, String environment, String job) {
        private String path(String rest) {
            return Client.app(app, "/jobs/" + Wire.encoded(job) + rest);
        }

        private Map<String, String> query() {
            return Map.of("environment", environment);
        }
    }

    public JobList.Runs runs(Place job) {
        return wire.get(job.path("/runs"), job.query(), JobList.Runs.class);
    }

    /// Starts it now.
    public Operation start(Place job) {
        return wire.post(job.path("/runs"), job.query(), Map.of(), Operation.class);
    }

    /// Tells what a run prints until it is over.
    public JobList.Run follow(Operation run, Consumer<Event> told) {
        return client.follow(run, told, JobList.Run.class);
    }

    /// @return how many runs were ended
    public int stop(Place job) {
        return wire.post(job.path("/stop"), job.query(), Map.of(), JobList.Stopped.class)
                .stopped();
    }
}
