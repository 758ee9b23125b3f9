package dev.johwa.source.identity;

import java.time.Instant;
import java.util.Optional;

/// A link by which somebody comes in once: as a new person, or with a new password.
///
/// @param name of the person, who may choose another when coming in for the first time
/// @param project the only one that the role is for; empty for all
/// @param person who gets a new password; empty for a new person
public record Invitation(
        String id,
        String name,
        Role role,
        Optional<String> project,
        Optional<String> person,
        String by,
        Instant until) {}
