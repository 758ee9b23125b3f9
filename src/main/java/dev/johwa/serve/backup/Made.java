package dev.johwa.serve.backup;

import java.time.Instant;
import java.util.List;

/// A backup that is there.
///
/// @param where it lies
/// @param bytes of all its files, as they were
/// @param warnings what could not be copied as it should
public record Made(
        String name,
        String where,
        Instant at,
        String johwa,
        int files,
        long bytes,
        boolean keys,
        List<String> warnings) {

    static Made of(String where, Manifest.Head head) {
        return new Made(
                head.name(), where, head.at(), head.johwa(), head.files(), head.bytes(), head.keys(), head.warnings());
    }
}
