package dev.johwa.source.identity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Someone whom the platform knows: a person, or the holder of a token that may do less than its person.
///
/// @param key tells identities apart: of the person, or of the token
/// @param name as shown in history
/// @param person id of the person who acts with all that this person may do; empty for a token that may do less
/// @param roles by project, under [#EVERYWHERE] what holds in all of them
public record Identity(String key, String name, Optional<String> person, Map<String, Role> roles) {
    /// Stands where a project would.
    public static final String EVERYWHERE = "";

    public Identity {
        roles = Map.copyOf(roles);
    }

    /// Whether this identity may do such a thing to that project (empty: to the platform).
    public boolean may(Permission permission, Optional<String> project) {
        return role(project).filter(role -> role.may(permission)).isPresent();
    }

    /// What counts in that project (empty: for the platform); of two roles the one that may do more.
    public Optional<Role> role(Optional<String> project) {
        var there = project.flatMap(name -> Optional.ofNullable(roles.get(name)));
        var everywhere = Optional.ofNullable(roles.get(EVERYWHERE));
        return there.map(role -> role.orMore(everywhere)).or(() -> everywhere);
    }

    /// The roles that are left to a token of someone: nowhere more than the token says.
    ///
    /// @param project the only one that the token is for; empty for all
    static Map<String, Role> within(Map<String, Role> roles, Role most, Optional<String> project) {
        var left = new LinkedHashMap<String, Role>();
        if (project.isPresent()) {
            var all = new Identity("", "", Optional.empty(), roles);
            all.role(project).ifPresent(role -> left.put(project.get(), role.atMost(most)));
        } else {
            roles.forEach((place, role) -> left.put(place, role.atMost(most)));
        }
        return left;
    }
}
