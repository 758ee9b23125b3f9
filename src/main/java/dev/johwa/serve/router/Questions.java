package dev.johwa.serve.router;

import dev.johwa.lib.clock.Clock;
import dev.johwa.serve.router.Wire.Answer;
import dev.johwa.serve.router.Wire.Question;
import dev.johwa.serve.router.proxy.EdgeServer;
import dev.johwa.serve.router.proxy.Tables;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does what the control plane asks of the edge: applies tables, waits for requests to end, reports. Safe for use by
/// many threads.
final class Questions {
    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);
    private static final Duration POLL = Duration.ofMillis(5);

    private final LastTable last;
    private final Tables tables;
    private final EdgeServer server;
    private final Stay stay;
    private final Clock clock;
    private final long startedAt;

    Questions(LastTable last, Tables tables, EdgeServer server, Stay stay, Clock clock) {
        this.last = last;
        this.tables = tables;
        this.server = server;
        this.stay = stay;
        this.clock = clock;
        this.startedAt = clock.now().toEpochMilli();
    }

    Answer answer(Question question) {
        try {
            return switch (question.verb()) {
                case "apply", "change" -> apply(question);
                case "drain" -> drain(question);
                case "settle" -> Answer.counted(question.number(), settle(question));
                case "report" -> report(question);
                case "begin" -> {
                    stay.begin();
                    yield Answer.done(question.number());
                }
                case "leave" -> {
                    stay.leave();
                    yield Answer.done(question.number());
                }
                case "pulse" -> Answer.alive(question.number(), tables.version());
                case "end" -> Answer.done(question.number());
                case String other -> throw new IllegalArgumentException("unknown verb " + other);
            };
        } catch (IOException | RuntimeException e) {
            LOG.warn("verb={} failed", question.verb(), e);
            return Answer.refused(question.number(), String.valueOf(e.getMessage()));
        }
    }

    private synchronized Answer apply(Question question) throws IOException {
        var sent = question.table();
        if (sent == null) {
            return Answer.done(question.number());
        }
        var table = last.whole(sent);
        if (table.isEmpty()) {
            return Answer.refused(question.number(), "this changes a table that is not here");
        }
        tables.apply(table.get());
        if (tables.version() == table.get().version()) {
            last.set(table.get(), sent, !stay.isLeaving());
        }
        return Answer.done(question.number());
    }

    private Answer drain(Question question) {
        int cut = settle(question) > 0 ? server.cut(new HashSet<>(question.instances())) : 0;
        return Answer.counted(question.number(), cut);
    }

    /// @return requests that are in flight after that time
    private int settle(Question question) {
        var instances = new HashSet<>(question.instances());
        long deadline = clock.ticks() + Duration.ofMillis(question.millis()).toNanos();
        try {
            while (tables.inFlight(instances) > 0 && clock.ticks() < deadline) {
                clock.sleep(POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return tables.inFlight(instances);
    }

    /// What nobody ever asked for is nothing to tell, and most of a large table.
    private List<EdgeReport.Counts> asked() {
        return tables.counts().stream()
                .filter(counts -> counts.lastRequestAtMillis() > 0)
                .toList();
    }

    private Answer report(Question question) {
        var report = new EdgeReport(startedAt, asked(), tables.unhealthy(), server.connections(), tables.instances());
        return new Answer(question.number(), null, report, 0, null, "", "", false);
    }
}
