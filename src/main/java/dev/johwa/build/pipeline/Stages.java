package dev.johwa.build.pipeline;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.git.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The stages of one attempt of a run, as they go: stored, and told in the log. Safe for use by many threads.
final class Stages {
    private static final Logger LOG = LoggerFactory.getLogger(Stages.class);

    private final Run run;
    private final RunStore store;
    private final RunLog log;
    private final Clock clock;
    private final Map<String, String> prefixes = new ConcurrentHashMap<>();
    private int count;

    Stages(Run run, RunStore store, RunLog log, Clock clock) {
        this.run = run;
        this.store = store;
        this.log = log;
        this.clock = clock;
    }

    /// The run has several apps: what is told of one says so.
    void tellApps(List<String> apps) {
        int widest = apps.stream().mapToInt(String::length).max().orElse(0);
        apps.forEach(app -> prefixes.put(app, "[" + app + "]" + " ".repeat(widest - app.length())));
    }

    /// Begins a stage of an app.
    synchronized Stage begin(String app, String name) {
        var stage = new Stage(app, name, count++, clock.now(), clock.ticks());
        stage.put("running", "", 0);
        return stage;
    }

    /// A stage that goes on; one of its ends is called once.
    final class Stage implements Progress {
        private final String app;
        private final String name;
        private final int position;
        private final Instant startedAt;
        private final long start;

        private Stage(String app, String name, int position, Instant startedAt, long start) {
            this.app = app;
            this.name = name;
            this.position = position;
            this.startedAt = startedAt;
            this.start = start;
        }

        String name() {
            return name;
        }

        private String prefix() {
            return prefixes.getOrDefault(app, "");
        }

        /// A line that a person follows.
        @Override
        public void say(String line) {
            log.say(line.isBlank() ? line : prefix() + line);
        }

        /// A line that a program printed.
        void output(String line) {
            log.output(prefix() + name, line);
        }

        void flush() {
            log.flush();
        }

        /// The text as everybody may see it.
        String hide(String text) {
            return log.hide(text);
        }

        Duration elapsed() {
            return Duration.ofNanos(clock.ticks() - start);
        }

        void done(String detail) {
            end("done", detail);
        }

        /// Nothing had to be done, since it had been done before or there is nothing of the kind.
        void skipped(String state, String detail) {
            put(state, detail, 0);
            stage(name, detail, -1);
        }

        void failed(String detail) {
            end("failed", detail);
        }

        /// Does the work of the stage; when it does not hold, so says the stage.
        void within(Runnable work) {
            try {
                work.run();
            } catch (StageFailed e) {
                failed(e.summary());
                throw e;
            }
        }

        /// Over, as others have told already.
        void quietly(String state, String detail) {
            put(state, detail, (clock.ticks() - start) / 1_000_000);
        }

        private void end(String state, String detail) {
            long millis = (clock.ticks() - start) / 1_000_000;
            put(state, detail, millis);
            stage(name, detail, millis);
        }

        private void put(String state, String detail, long millis) {
            try {
                store.put(run, position, new Run.Stage(app, name, state, hide(detail), startedAt, millis));
            } catch (ProblemException e) {
                // A full disk, mostly. The log tells the stage too; how the run ends is what must be stored.
                LOG.warn("run={}/{} stage={} not stored: {}", run.project(), run.number(), name, e.getMessage());
            }
        }
    }
}
