package dev.johwa.door.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What a [Client] asks about data that outlives releases: databases, their dumps, folders.
public final class DataCalls {
    private final Wire wire;
    private final Client client;

    DataCalls(Wire wire, Client client) {
        this.wire = wire;
        this.client = client;
    }

    /// A database, or a folder: of which app, in which environment, under which name.
    public record Place(AppName app, String environment, String name) {
        /// Whether it is a folder, which the app finds by its path.
        public boolean isFolder() {
            return name.contains("/");
        }

        private String path(String rest) {
            return Client.app(app, "/data/" + Wire.encoded(name) + rest);
        }

        private Map<String, String> query() {
            return Map.of("environment", environment);
        }
    }

    /// Of an app, or of all.
    public DataList list(Optional<AppName> name, Optional<String> environment) {
        return name.map(app ->
                        wire.get(Client.app(app, "/data"), Client.query("environment", environment), DataList.class))
                .orElseGet(() -> wire.get("/api/v1/data", Map.of(), DataList.class));
    }

    /// Adds a database or a folder, and makes a release that knows it when something is live.
    public Optional<Deployed> add(AppName name, String environment, DataList.Order order, Consumer<Event> told) {
        var query = Map.of("environment", environment);
        return client.released(wire.post(Client.app(name, "/data"), query, order, Operation.class), told);
    }

    /// Removes it with all that is in it.
    public Optional<Deployed> remove(Place place, Consumer<Event> told) {
        var path = place.isFolder()
                ? Client.app(place.app(), "/data")
                        + Wire.queryText(Map.of("environment", place.environment(), "at", place.name()))
                : place.path("") + Wire.queryText(place.query());
        return client.released(wire.delete(path, Operation.class), told);
    }

    public DataList.Address address(Place database) {
        return wire.get(database.path("/address"), database.query(), DataList.Address.class);
    }

    /// Opens its client on the server; it waits until somebody listens.
    public AttachCalls.Place open(Place database, DataList.Opening order) {
        var made = wire.post(database.path("/attached"), database.query(), order, Attach.Made.class);
        return new AttachCalls.Place(database.app(), made.id());
    }

    /// What an upgrade would do.
    public UpgradePlanned upgradePlan(Place database, Optional<String> to) {
        var query = new HashMap<>(database.query());
        to.ifPresent(version -> query.put("to", version));
        return wire.get(database.path("/upgrade"), query, UpgradePlanned.class);
    }

    /// Brings it to another major version, and makes a release that knows its new address when something is live.
    public Optional<Deployed> upgrade(Place database, Optional<String> to, Consumer<Event> told) {
        var order = new UpgradePlanned.Order(to);
        return client.released(wire.post(database.path("/upgrade"), database.query(), order, Operation.class), told);
    }

    /// Deletes the old one that an upgrade kept.
    public UpgradePlanned.Forgotten forgetOld(Place database) {
        return wire.delete(
                database.path("/upgrade") + Wire.queryText(database.query()), UpgradePlanned.Forgotten.class);
    }

    public DumpList dumps(Place database) {
        return wire.get(database.path("/dumps"), database.query(), DumpList.class);
    }

    public DumpList.Item dump(Place database, Consumer<Event> told) {
        var dumping = wire.post(database.path("/dumps"), database.query(), Map.of(), Operation.class);
        return client.follow(dumping, told, DumpList.Item.class);
    }

    /// Writes the bytes of a dump.
    public void fetchDump(Place database, String dump, OutputStream out) throws IOException {
        wire.fetch(database.path("/dumps/" + Wire.encoded(dump)), database.query(), out);
    }

    /// Sends a file as a dump.
    public DumpList.Item bringDump(Place database, Path file) {
        return wire.send(database.path("/brought"), database.query(), file, DumpList.Item.class);
    }

    public DumpList.Item restore(Place database, DumpList.Order order, Consumer<Event> told) {
        var restoring = wire.post(database.path("/restore"), database.query(), order, Operation.class);
        return client.follow(restoring, told, DumpList.Item.class);
    }
}
