package dev.johwa.door.cli.local;

import java.util.Optional;

/// One thing that the doctor looked at.
///
/// @param state `ok`, `warning` (it works, but less well) or `missing` (something will not work)
/// @param fix what to do, when there is something to do
record Check(String name, String state, String detail, Optional<String> fix) {
    static Check ok(String name, String detail) {
        return new Check(name, "ok", detail, Optional.empty());
    }

    static Check warning(String name, String detail, String fix) {
        return new Check(name, "warning", detail, Optional.of(fix));
    }

    static Check missing(String name, String detail, String fix) {
        return new Check(name, "missing", detail, Optional.of(fix));
    }
}
