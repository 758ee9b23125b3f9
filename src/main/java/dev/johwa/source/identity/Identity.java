package dev.johwa.source.identity;

import java.util.Optional;

/// Someone who showed a token.
///
/// @param name of the token's holder, as shown in history
/// @param role what the holder may do
/// @param project when the token is for one project only
public record Identity(String name, Role role, Optional<String> project) {
    public enum Role {
        /// Everything.
        OWNER,
        /// Push, deploy, roll back, settings; no tokens, no server.
        DEVELOPER,
        /// Only looking.
        READER
    }

    /// Whether this identity may do such a thing to that project (empty: to the platform).
    public boolean may(Permission permission, Optional<String> project) {
        if (this.project.isPresent() && !this.project.equals(project)) {
            return false;
        }
        return switch (role) {
            case OWNER -> true;
            case DEVELOPER -> permission != Permission.ADMINISTER;
            case READER -> permission == Permission.READ;
        };
    }
}
