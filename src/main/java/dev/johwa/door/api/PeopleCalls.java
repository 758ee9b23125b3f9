package dev.johwa.door.api;

import java.util.Map;

/// What a [Client] asks about people.
public final class PeopleCalls {
    private static final String PEOPLE = "/api/v1/people";

    private final Wire wire;

    PeopleCalls(Wire wire) {
        this.wire = wire;
    }

    public PeopleList list() {
        return wire.get(PEOPLE, Map.of(), PeopleList.class);
    }

    public PeopleList.Link invite(PeopleList.Order order) {
        return wire.post(PEOPLE, Map.of(), order, PeopleList.Link.class);
    }

    public PeopleList.Item changeRole(String name, PeopleList.Change change) {
        return wire.post(person(name) + "/role", Map.of(), change, PeopleList.Item.class);
    }

    public PeopleList.Link resetPassword(String name) {
        return wire.post(person(name) + "/reset", Map.of(), Map.of(), PeopleList.Link.class);
    }

    public void remove(String name) {
        wire.delete(person(name), Void.class);
    }

    public void withdrawInvitation(String name) {
        wire.delete(person(name) + "/link", Void.class);
    }

    private static String person(String name) {
        return PEOPLE + "/" + Wire.encoded(name);
    }

    /// @return an access token of the person who came in
    public String acceptInvitation(PeopleList.Acceptance acceptance) {
        return wire.post(PEOPLE + "/accept", Map.of(), acceptance, TokenList.Made.class)
                .token();
    }

    /// @return a new access token of that person
    public String login(PeopleList.Credentials credentials) {
        return wire.post("/api/v1/login", Map.of(), credentials, TokenList.Made.class)
                .token();
    }
}
