package dev.johwa.source.host;

import java.time.Instant;
import java.util.Optional;

/// Tells hosts how their commits fare here. Implemented by [Connections]; whoever hears of it calls.
public interface Reports {
    /// Whether there is somebody to tell of this project.
    boolean wants(String project);

    /// What became of telling.
    ///
    /// @param again when to try once more; empty when that is over
    /// @param id by which the host knows what was made; empty for nothing
    record Told(Optional<Instant> again, String id) {
        public static final Told DONE = new Told(Optional.empty(), "");
    }

    /// @param state `pending`, `success`, `failure`, `error`
    /// @param page for people who want to know more; empty for none
    record Status(String commit, String context, String state, String text, String page) {}

    /// A deployment as it is now.
    ///
    /// @param id of an earlier telling of the same; empty for the first
    /// @param state `pending`, `in_progress`, `success`, `failure`, `inactive`
    /// @param address where it serves; empty unless it does
    record Deployed(String id, String commit, Place place, String state, String text, String address, String page) {}

    /// @param environment as people know it
    record Place(String environment, boolean isProduction, boolean isPreview) {}

    Told tell(String project, Status status);

    Told tell(String project, Deployed deployed);
}
