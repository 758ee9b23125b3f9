package dev.johwa.serve.backup;

import java.util.Optional;

/// What is asked of a backup.
///
/// @param where a folder, or `s3://BUCKET/PREFIX`
/// @param keys whether the keys of the platform go in too
/// @param encrypt an OpenPGP public key or a passphrase, for what only some may read
public record Order(String where, boolean keys, Optional<String> encrypt) {
    public Order(String where, boolean keys) {
        this(where, keys, Optional.empty());
    }
}
