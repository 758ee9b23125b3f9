package dev.johwa.source.identity;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Somebody who works here.
///
/// @param roles by project, under [Identity#EVERYWHERE] what holds in all of them
public record Person(String id, String name, Map<String, Role> roles, Instant since) {
    public Person {
        roles = Map.copyOf(roles);
    }

    Identity identity() {
        return new Identity("person." + id, name, Optional.of(id), roles);
    }

    boolean isOwner() {
        return roles.get(Identity.EVERYWHERE) == Role.OWNER;
    }
}
