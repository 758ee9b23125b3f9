package dev.johwa.door.api;

import java.util.Map;
import java.util.function.Consumer;

/// What a [Client] asks about faults on purpose, and experiments that do them.
public final class ChaosCalls {
    private final Wire wire;
    private final Client client;

    ChaosCalls(Wire wire, Client client) {
        this.wire = wire;
        this.client = client;
    }

    /// Those that are on, of all apps.
    public ChaosList list() {
        return wire.get("/api/v1/faults", Map.of(), ChaosList.class);
    }

    public ChaosList.Item begin(AppName app, ChaosList.Order order) {
        return wire.post(Client.app(app, "/faults"), Map.of(), order, ChaosList.Item.class);
    }

    public ChaosList.Stopped stop(AppName app, ChaosList.Stop order) {
        return wire.post(Client.app(app, "/faults/stop"), Map.of(), order, ChaosList.Stopped.class);
    }

    /// Begins to play an experiment.
    public Operation start(AppName app, ChaosList.Play order) {
        return wire.post(Client.app(app, "/experiments"), Map.of(), order, Operation.class);
    }

    /// Tells how it goes until it is over.
    public ChaosList.Experiment follow(Operation playing, Consumer<Event> told) {
        return client.follow(playing, told, ChaosList.Experiment.class);
    }

    public ChaosList.Experiments played(AppName app, String environment) {
        return wire.get(
                Client.app(app, "/experiments"), Map.of("environment", environment), ChaosList.Experiments.class);
    }

    public ChaosList.Journal journal(AppName app, String environment, String id) {
        return wire.get(
                Client.app(app, "/experiments/" + Wire.encoded(id)),
                Map.of("environment", environment),
                ChaosList.Journal.class);
    }
}
