package dev.johwa.door.web;

import dev.johwa.door.api.Event;
import dev.johwa.door.api.Operation;
import dev.johwa.door.api.WireProblem;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.file.Shortage;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.git.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One piece of long work: what it said so far, kept so that whoever comes late or comes back reads it all. Safe for
/// use by many threads. It goes on when nobody listens.
final class LongWork implements Progress {
    private static final Logger LOG = LoggerFactory.getLogger(LongWork.class);
    private static final int MOST_EVENTS = 10_000;

    private final String id;
    private final String name;
    private final String project;
    private final Clock clock;
    private final Optional<Cancel> cancel;
    private final List<Event> events = new ArrayList<>();

    /// @param cancel by which it can be ended; empty when it cannot
    LongWork(String id, String name, String project, Clock clock, Optional<Cancel> cancel) {
        this.id = id;
        this.name = name;
        this.project = project;
        this.clock = clock;
        this.cancel = cancel;
    }

    /// @return whether it can be ended, or is over
    boolean cancel(String why) {
        cancel.ifPresent(each -> each.cancel(why));
        return cancel.isPresent() || isOver();
    }

    String project() {
        return project;
    }

    /// Does the work in this thread and keeps how it ended.
    void run(Function<Progress, Object> work) {
        Event end;
        try {
            end = Event.done(clock.now(), work.apply(this));
        } catch (ProblemException e) {
            end = Event.failed(
                    clock.now(), e.problems().stream().map(WireProblem::of).toList());
        } catch (RuntimeException | Error e) {
            LOG.error("work={} project={} failed", name, project, e);
            var why = Shortage.of(e)
                    .map(Shortage::problem)
                    .orElseGet(
                            () -> Problem.system("bug", name + " of " + project + " failed by a bug in Johwa: " + e));
            end = Event.failed(clock.now(), List.of(WireProblem.of(why)));
        }
        add(end);
    }

    @Override
    public void say(String line) {
        add(Event.progress(clock.now(), line));
    }

    private synchronized void add(Event event) {
        if (events.size() <= MOST_EVENTS || event.isLast()) {
            boolean isCut = events.size() == MOST_EVENTS && !event.isLast();
            events.add(isCut ? Event.progress(clock.now(), "… it says more than is kept here") : event);
            notifyAll();
        }
    }

    synchronized boolean isOver() {
        return !events.isEmpty() && events.getLast().isLast();
    }

    /// Events from this index on; waits for one at most so long, and is empty when none came.
    synchronized List<Event> from(int index, Duration atMost) throws InterruptedException {
        long until = clock.ticks() + atMost.toNanos();
        while (events.size() <= index) {
            long left = (until - clock.ticks()) / 1_000_000;
            if (left <= 0) {
                return List.of();
            }
            wait(left);
        }
        return List.copyOf(events.subList(index, events.size()));
    }

    Operation operation() {
        return new Operation(id, name, isOver(), "/api/v1/operations/" + id + "/events");
    }
}
