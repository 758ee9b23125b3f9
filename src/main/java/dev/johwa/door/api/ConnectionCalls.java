package dev.johwa.door.api;

import java.util.Map;
import java.util.function.Consumer;

/// What a client asks of projects whose home is elsewhere.
public final class ConnectionCalls {
    private static final String PATH = "/api/v1/connections";

    private final Wire wire;
    private final Client client;

    ConnectionCalls(Wire wire, Client client) {
        this.wire = wire;
        this.client = client;
    }

    public ConnectionList list() {
        return wire.get(PATH, Map.of(), ConnectionList.class);
    }

    public ConnectionList.Made connect(ConnectionList.Order order, Consumer<Event> told) {
        return client.follow(wire.post(PATH, Map.of(), order, Operation.class), told, ConnectionList.Made.class);
    }

    public ConnectionList.Item sync(String project, Consumer<Event> told) {
        var looking = wire.post(of(project) + "/sync", Map.of(), Map.of(), Operation.class);
        return client.follow(looking, told, ConnectionList.Item.class);
    }

    public ConnectionList.Item remove(String project, Consumer<Event> told) {
        return client.follow(wire.delete(of(project), Operation.class), told, ConnectionList.Item.class);
    }

    public ConnectionList.Hook hook(String project) {
        return wire.get(of(project) + "/hook", Map.of(), ConnectionList.Hook.class);
    }

    public ConnectionList.Rotated rotateHook(String project) {
        return wire.post(of(project) + "/hook/rotate", Map.of(), Map.of(), ConnectionList.Rotated.class);
    }

    public ConnectionList.Pull approve(String project, int number) {
        return wire.post(of(project) + "/pulls/" + number + "/approve", Map.of(), Map.of(), ConnectionList.Pull.class);
    }

    private static String of(String project) {
        return PATH + "/" + Wire.encoded(project);
    }
}
