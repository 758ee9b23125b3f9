package dev.johwa.build.cause;

import java.util.List;

/// Why something failed.
///
/// @param code stable name of the cause: `lock.out-of-sync`
/// @param what it is, in a line for a person
/// @param mend the command or line that would mend it
public record Cause(String code, String what, String mend) {
    /// The code of a value of the environment that is not set.
    public static final String VALUE_MISSING = "value.missing";

    /// For a person: what it is, and below it what to do.
    public List<String> lines() {
        return List.of("Cause: " + what + ".", "Mend:  " + mend);
    }
}
