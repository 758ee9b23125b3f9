package dev.johwa.door.web;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.task.Tasks;
import dev.johwa.source.git.Progress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Starts long work beside the request that asked for it and keeps the newest pieces of it, so that they can be
/// followed. Safe for use by many threads.
final class LongWorks {
    private static final int KEPT = 200;

    private final Tasks tasks;
    private final Clock clock;
    private final Map<String, LongWork> byId = new LinkedHashMap<>();

    LongWorks(Tasks tasks, Clock clock) {
        this.tasks = tasks;
        this.clock = clock;
    }

    LongWork start(String name, String project, Function<Progress, Object> work) {
        return start(name, project, Optional.empty(), work);
    }

    /// @param cancel by which the work can be ended
    LongWork start(String name, String project, Optional<Cancel> cancel, Function<Progress, Object> work) {
        var piece = new LongWork(UUID.randomUUID().toString(), name, project, clock, cancel);
        keep(piece);
        var _ = tasks.run(name + " " + project, () -> piece.run(work));
        return piece;
    }

    private synchronized void keep(LongWork piece) {
        byId.put(piece.operation().id(), piece);
        Iterator<LongWork> oldest = byId.values().iterator();
        while (byId.size() > KEPT && oldest.hasNext()) {
            if (oldest.next().isOver()) {
                oldest.remove();
            }
        }
    }

    synchronized LongWork find(String id) {
        var piece = byId.get(id);
        if (piece == null) {
            throw unknown(id);
        }
        return piece;
    }

    static ProblemException unknown(String id) {
        return Problem.user("operation.unknown", "there is no operation " + id)
                .hint("only the newest " + KEPT + " since the server started are kept")
                .exception();
    }
}
