package dev.johwa.serve.release;

import dev.johwa.lib.json.Json;
import dev.johwa.serve.release.Release.State;
import dev.johwa.source.config.Settings;
import dev.johwa.source.detect.Detection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.result.RowView;

/// What releases are made of, parsed once: it never changes after their deployment, and who looks after a thousand apps
/// asks for it each second. Bounded; safe for use by many threads.
final class Contents {
    private static final int MOST = 4_096;

    private final ReentrantLock one = new ReentrantLock();
    private final Map<Key, Content> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Content> eldest) {
            return size() > MOST;
        }
    };

    record Content(Detection detection, Settings settings) {}

    /// An app that was deleted and came back has the same numbers again, but never at the same time.
    private record Key(AppEnvironment where, int number, long createdAt) {}

    /// Of a row of releases.
    Content of(RowView row) {
        if (row.getColumn("state", String.class).equals(State.DEPLOYING.name())) {
            return parse(row);
        }
        var key = new Key(
                AppEnvironments.where(row),
                row.getColumn("number", Integer.class),
                row.getColumn("created_at", Long.class));
        one.lock();
        try {
            return kept.computeIfAbsent(key, _ -> parse(row));
        } finally {
            one.unlock();
        }
    }

    private static Content parse(RowView row) {
        return new Content(
                Json.read(row.getColumn("detection", String.class), Detection.class),
                Json.read(row.getColumn("settings", String.class), Settings.class));
    }
}
