package dev.johwa.source.detect.python;

import java.util.Map;

/// The versions of what the platform brings to a project that does not name it.
final class Brought {
    private static final Map<String, String> VERSIONS = Map.of(
            "gunicorn", "27.0.1",
            "uvicorn", "0.54.0",
            "whitenoise", "6.12.0",
            "pytest", "9.2.0");

    private Brought() {}

    /// As pip is asked for it; the newest where no version is chosen here.
    static String pinned(String name) {
        return VERSIONS.containsKey(name) ? name + "==" + VERSIONS.get(name) : name;
    }
}
