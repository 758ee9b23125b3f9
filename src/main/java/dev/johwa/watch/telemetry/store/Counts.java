package dev.johwa.watch.telemetry.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Series that were written in an hour, by app.
final class Counts {
    private final Head head;
    private final Store.Limits limits;
    private final Set<Integer> fresh = new HashSet<>();
    private final Map<String, Integer> ofApps;
    private int all;

    Counts(Head head, Store.Limits limits) {
        this.head = head;
        this.limits = limits;
        this.all = head.series();
        this.ofApps = new HashMap<>(head.apps());
    }

    boolean admits(@Nullable Entry entry, String app) {
        boolean isThere = entry != null && (head.has(entry.id()) || fresh.contains(entry.id()));
        return isThere || all < limits.series() && ofApps.getOrDefault(app, 0) < limits.ofApp();
    }

    void add(Entry entry) {
        if (!head.has(entry.id()) && fresh.add(entry.id())) {
            all++;
            ofApps.merge(entry.labels().get("app"), 1, Integer::sum);
        }
    }
}
