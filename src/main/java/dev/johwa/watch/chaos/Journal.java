package dev.johwa.watch.chaos;

import dev.johwa.lib.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an experiment did and saw, in the form of a `journal.json` of Chaos Toolkit. Safe for use by many threads.
final class Journal {
    /// Whose form it is.
    private static final String FORM = "1.44.0";
    private static final int MOST_OF_TEXT = 4_000;

    private final Map<String, @Nullable Object> all = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> states = new LinkedHashMap<>();
    private final List<Object> runs = new ArrayList<>();
    private final List<Object> rollbacks = new ArrayList<>();
    private final Instant start;
    private final World world;

    Journal(Experiment experiment, World world) {
        this.world = world;
        this.start = world.now();
        states.put("before", null);
        states.put("after", null);
        states.put("during", List.of());
        all.put("chaoslib-version", FORM);
        all.put("platform", "johwa");
        all.put("node", "");
        all.put("experiment", experiment.written());
        all.put("start", start.toString());
        all.put("status", null);
        all.put("deviated", false);
        all.put("steady_states", states);
        all.put("run", runs);
        all.put("rollbacks", rollbacks);
    }

    synchronized String status() {
        return all.get("status") instanceof String text ? text : "";
    }

    synchronized void status(String status) {
        all.put("status", status);
    }

    synchronized boolean isDeviated() {
        return Boolean.TRUE.equals(all.get("deviated"));
    }

    synchronized void deviate() {
        all.put("deviated", true);
    }

    synchronized void state(String when, Map<String, @Nullable Object> state) {
        states.put(when, state);
    }

    /// Whether it held before anything was done.
    synchronized boolean heldBefore() {
        return !(states.get("before") instanceof Map<?, ?> before)
                || Boolean.TRUE.equals(before.get("steady_state_met"));
    }

    /// Keeps a run of an activity where it is told of.
    ///
    /// @param part `run` or `rollbacks`
    synchronized void begin(String part, Map<String, @Nullable Object> run) {
        (part.equals("run") ? runs : rollbacks).add(run);
    }

    synchronized Map<String, @Nullable Object> ended() {
        if (!List.of("completed", "failed", "aborted", "interrupted").contains(status())) {
            status("completed");
        }
        var end = world.now();
        all.put("end", end.toString());
        all.put("duration", Duration.between(start, end).toMillis() / 1_000.0);
        return all;
    }

    /// What is kept of what an activity gave: no secrets, long texts cut, and what is large within it as such a text.
    Map<String, @Nullable Object> kept(Map<String, Object> given) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        given.forEach((key, value) -> all.put(key, cut(hidden(value))));
        return all;
    }

    private static @Nullable Object cut(@Nullable Object value) {
        return value == null ? null : shortened(value);
    }

    private static Object shortened(Object value) {
        var text = value instanceof String plain ? plain : Json.write(value);
        return text.length() > MOST_OF_TEXT ? text.substring(0, MOST_OF_TEXT) + "…" : value;
    }

    private @Nullable Object hidden(@Nullable Object value) {
        return switch (value) {
            case String text -> world.hidden(text);
            case List<?> list -> {
                var all = new ArrayList<@Nullable Object>();
                list.forEach(each -> all.add(hidden(each)));
                yield all;
            }
            case Map<?, ?> map -> {
                var all = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, each) -> all.put(String.valueOf(key), hidden(each)));
                yield all;
            }
            case null, default -> value;
        };
    }
}
