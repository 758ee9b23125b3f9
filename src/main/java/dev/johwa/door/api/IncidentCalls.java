package dev.johwa.door.api;

import static dev.johwa.door.api.Client.query;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a [Client] asks about incidents.
public final class IncidentCalls {
    private static final String PATH = "/api/v1/incidents";

    private final Wire wire;

    IncidentCalls(Wire wire) {
        this.wire = wire;
    }

    /// @param state `lasting`, `resolved` or `all`
    public IncidentList list(Optional<String> name, String state) {
        var query = new LinkedHashMap<>(query("name", name));
        query.put("state", state);
        return wire.get(PATH, query, IncidentList.class);
    }

    public IncidentList.Whole show(int number) {
        return wire.get(PATH + "/" + number, Map.of(), IncidentList.Whole.class);
    }

    public IncidentList.Item acknowledge(int number) {
        return wire.post(PATH + "/" + number + "/acknowledgement", Map.of(), Map.of(), IncidentList.Item.class);
    }

    public IncidentList.Item silence(int number, IncidentList.Silence silence) {
        return wire.post(PATH + "/" + number + "/silence", Map.of(), silence, IncidentList.Item.class);
    }

    public IncidentList.Item resolve(int number, IncidentList.Resolution resolution) {
        return wire.post(PATH + "/" + number + "/resolution", Map.of(), resolution, IncidentList.Item.class);
    }
}
