package dev.johwa.watch.log;

import dev.johwa.lib.json.Json;
import dev.johwa.serve.release.AppEnvironment;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Takes what the platform itself warns of into the store, as lines of no app. Who warns never waits: a line waits in
/// memory until the next look, and where too many come some are only counted. Safe for use by many threads.
public final class PlatformLines {
    /// The app of these lines.
    public static final String APP = "";

    /// Lines that wait.
    static final int MOST = 1_000;

    private final LogStore store;
    private final Queue<LogLine> waiting = new ArrayBlockingQueue<>(MOST);
    private final AtomicLong lost = new AtomicLong();

    PlatformLines(LogStore store) {
        this.store = store;
    }

    /// A line that is to be kept.
    ///
    /// @param level `warn` or `error`
    /// @param part of the platform that says it: `serve.release`
    public void note(Instant at, String level, String part, String text) {
        if (!waiting.offer(line(at, level, part, text))) {
            lost.incrementAndGet();
        }
    }

    private static LogLine line(Instant at, String level, String part, String text) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("kind", LogKind.PLATFORM.word());
        fields.put("level", level);
        fields.put("part", part);
        return new LogLine(0, at, APP, AppEnvironment.PRODUCTION, LogKind.PLATFORM.source(0), text, Json.write(fields));
    }

    /// Takes what has come since the last call.
    synchronized void take() {
        var lines = new ArrayList<>(waiting);
        if (lines.isEmpty()) {
            return;
        }
        int count = lines.size();
        long missed = lost.get();
        if (missed > 0) {
            var at = lines.getLast().at();
            lines.add(line(at, "warn", "watch.log", missed + " lines more came at once and are not kept"));
        }
        try {
            store.add(lines, Optional.empty());
        } catch (UncheckedIOException e) {
            // To say so would only make more of them: they wait, and are on standard error too.
            return;
        }
        lost.addAndGet(-missed);
        for (int i = 0; i < count; i++) {
            waiting.remove();
        }
    }
}
