package dev.johwa.build.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// What was counted of each project's runs since the server's start. Where there are very many projects, those
/// without a run for longest are forgotten and begin at zero again. Safe for use by many threads.
final class RunCounts {
    static final int MOST = 500;

    private final SequencedMap<String, RunCount> projects = new LinkedHashMap<>();

    /// @param run that is over
    synchronized void add(Run run) {
        projects.putLast(
                run.project(),
                projects.getOrDefault(run.project(), RunCount.NONE).and(run));
        if (projects.size() > MOST) {
            projects.pollFirstEntry();
        }
    }

    synchronized Map<String, RunCount> all() {
        return Map.copyOf(projects);
    }
}
