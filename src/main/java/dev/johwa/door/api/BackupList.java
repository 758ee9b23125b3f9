package dev.johwa.door.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Backups at a place, newest first.
public record BackupList(String where, List<Item> backups) {

    /// @param bytes of all its files, as they were
    /// @param keys whether the keys of the platform are in it
    /// @param warnings what could not be copied as it should
    public record Item(
            String name,
            String where,
            Instant at,
            String johwa,
            int files,
            long bytes,
            boolean keys,
            List<String> warnings) {}

    /// What is asked for.
    ///
    /// @param where a folder of the server, or `s3://BUCKET/PREFIX`; the server's own place when absent
    /// @param keys whether the keys of the platform go in too
    /// @param encrypt an OpenPGP public key or a passphrase
    public record Order(Optional<String> where, boolean keys, Optional<String> encrypt) {
        public Order {
            encrypt = Objects.requireNonNullElse(encrypt, Optional.empty());
            where = Objects.requireNonNullElse(where, Optional.empty());
        }
    }

    /// Which backup is to be read to its last byte.
    ///
    /// @param where the server's own place when absent
    /// @param name the newest when absent
    public record Check(Optional<String> where, Optional<String> name) {
        public Check {
            where = Objects.requireNonNullElse(where, Optional.empty());
            name = Objects.requireNonNullElse(name, Optional.empty());
        }
    }
}
