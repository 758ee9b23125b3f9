package dev.johwa.door.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Something that is told while long work goes on.
///
/// @param event `progress`, `line`, `done`, `failed`
/// @param text for a person, in `progress`
/// @param result of the whole, in `done`
/// @param problems in `failed`
public record Event(
        String event,
        Instant at,
        Optional<String> text,
        Optional<Object> result,
        Optional<List<WireProblem>> problems) {
    public static Event progress(Instant at, String text) {
        return new Event("progress", at, Optional.of(text), Optional.empty(), Optional.empty());
    }

    public static Event done(Instant at, Object result) {
        return new Event("done", at, Optional.empty(), Optional.of(result), Optional.empty());
    }

    public static Event failed(Instant at, List<WireProblem> problems) {
        return new Event("failed", at, Optional.empty(), Optional.empty(), Optional.of(problems));
    }

    @JsonIgnore
    public boolean isLast() {
        return event.equals("done") || event.equals("failed");
    }
}
