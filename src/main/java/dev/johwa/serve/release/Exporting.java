package dev.johwa.serve.release;

import java.util.Map;

/// What instances must know to send figures of their own.
@FunctionalInterface
public interface Exporting {
    /// @return environment values; the app's own of the same name win
    Map<String, String> values(AppEnvironment where, int release);
}
