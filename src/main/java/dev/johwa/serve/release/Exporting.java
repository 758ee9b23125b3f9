package dev.johwa.serve.release;

import java.util.Map;
import java.util.OptionalInt;

/// What instances must know to send figures of their own.
@FunctionalInterface
public interface Exporting {
    /// @param machine by which name or address they find this machine's loopback
    /// @return environment values; the app's own of the same name win
    Map<String, String> values(AppEnvironment where, int release, String machine);

    /// The port of the loopback to which they send; empty where it is none of it.
    default OptionalInt port() {
        return OptionalInt.empty();
    }
}
