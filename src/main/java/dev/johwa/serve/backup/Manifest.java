package dev.johwa.serve.backup;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a backup holds.
record Manifest(Head head, Body body) {

    /// What can be read of it without a key.
    ///
    /// @param name `2026-11-26T03-48-00Z`
    /// @param johwa version of the program
    /// @param platform whose it is
    /// @param bytes of all files, as they were
    /// @param keys whether the keys of the platform are in it
    /// @param sealed how it is encrypted, empty when it is not
    /// @param warnings what could not be copied as it should
    /// @param pieces that it needs, by their names, with the SHA-256 of what lies there
    record Head(
            String name,
            Instant at,
            String johwa,
            String platform,
            int files,
            long bytes,
            boolean keys,
            String sealed,
            List<String> warnings,
            Map<String, String> pieces) {}

    /// @param names key by which pieces are named; empty when by their digests
    record Body(List<Entry> entries, String names) {}
}
