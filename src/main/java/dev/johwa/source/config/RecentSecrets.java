package dev.johwa.source.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Secrets that were set a short while ago, by project: who hides secrets may do so in the middle of a read, which sees
/// the database as it was before. Safe for use by many threads.
final class RecentSecrets {
    private static final int MOST = 100;

    private final Map<String, Deque<String>> byProject = new HashMap<>();

    /// From now on they are hidden, stored or not.
    synchronized void add(String project, Collection<String> secrets) {
        var known = byProject.computeIfAbsent(project, name -> new ArrayDeque<>());
        for (var secret : secrets) {
            known.remove(secret);
            known.addLast(secret);
        }
        while (known.size() > Math.max(MOST, secrets.size())) {
            known.removeFirst();
        }
    }

    synchronized List<String> of(String project) {
        return List.copyOf(byProject.getOrDefault(project, new ArrayDeque<>()));
    }

    synchronized List<String> all() {
        var all = new ArrayList<String>();
        byProject.values().forEach(all::addAll);
        return all;
    }
}
