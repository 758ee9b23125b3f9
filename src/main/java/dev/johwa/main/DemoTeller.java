package dev.johwa.main;

import dev.johwa.door.cli.Screen;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.Durations;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tells a newcomer what happens, step by step, and keeps how each went.
final class DemoTeller {
    private final Session session;
    private final boolean json;
    private final Clock clock = new SystemClock();
    private final List<Map<String, Object>> steps = new ArrayList<>();

    DemoTeller(Session session, boolean json) {
        this.session = session;
        this.json = json;
    }

    void say(String text) {
        if (!json) {
            session.screen().line(text);
        }
    }

    void chapter(String text) {
        say("");
        say(session.screen().style(Screen.Style.BOLD, text));
    }

    /// A line of a program, as it is.
    void quote(String line) {
        if (json) {
            var event = new LinkedHashMap<String, Object>();
            event.put("event", "output");
            event.put("at", clock.now());
            event.put("text", line);
            session.screen().line(Json.write(event));
            return;
        }
        session.screen().line("  " + session.screen().style(Screen.Style.FAINT, line.stripTrailing()));
    }

    /// Keeps how a step went; tells it.
    boolean step(String name, boolean good, long millis, String text) {
        var step = new LinkedHashMap<String, Object>();
        step.put("name", name);
        step.put("ok", good);
        step.put("millis", millis);
        steps.add(step);
        var mark = good
                ? session.screen().style(Screen.Style.GREEN, "✓")
                : session.screen().style(Screen.Style.RED, "✗");
        say(mark + " " + text + "  (" + Durations.text(millis) + ")");
        if (json) {
            var event = new LinkedHashMap<String, Object>(step);
            event.put("event", "step");
            event.put("at", clock.now());
            session.screen().line(Json.write(event));
        }
        return good;
    }

    long ticks() {
        return clock.ticks();
    }

    long millisSince(long start) {
        return (clock.ticks() - start) / 1_000_000;
    }

    List<Map<String, Object>> steps() {
        return List.copyOf(steps);
    }
}
