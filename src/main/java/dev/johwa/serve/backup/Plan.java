package dev.johwa.serve.backup;

import java.time.Duration;
import java.util.Optional;

/// Which backups are made by themselves.
///
/// @param where the place, when there is one
/// @param every how often, zero for only when asked
/// @param keep how many stay; the oldest go
/// @param keys whether the keys of the platform go in too
/// @param encrypt an OpenPGP public key or a passphrase
public record Plan(Optional<String> where, Duration every, int keep, boolean keys, Optional<String> encrypt) {
    public static final Plan NONE = new Plan(Optional.empty(), Duration.ZERO, 14, false, Optional.empty());
}
