package dev.johwa.watch.notice;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.task.Tasks;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what waits to receivers: each gets its words in order, one parcel at a time, and none waits for another.
final class Post {
    private static final Logger LOG = LoggerFactory.getLogger(Post.class);
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Database database;
    private final Clock clock;
    private final Tasks tasks;
    private final Sender sender;
    private final Backoff backoff;
    /// Who is being told, and whether there may be more since.
    private final Map<String, Boolean> busy = new ConcurrentHashMap<>();

    Post(Database database, Clock clock, Tasks tasks, Sender sender, Backoff backoff) {
        this.database = database;
        this.clock = clock;
        this.tasks = tasks;
        this.sender = sender;
        this.backoff = backoff;
    }

    void start() {
        tasks.every(LOOK, "notices", this::round);
    }

    /// There may be something new.
    void wake() {
        var _ = tasks.run("notices", this::round);
    }

    /// Begins to send what is due, and does not wait for it.
    void round() {
        for (var id : database.read(handle -> Outbox.due(handle, clock.now()))) {
            boolean isNew = !busy.merge(id, false, (_, _) -> true);
            if (isNew) {
                var _ = tasks.run("notices for " + id, () -> work(id));
            }
        }
    }

    /// Who was asked to tell more while it looked for the last time looks once more.
    private void work(String id) {
        try {
            do {
                busy.put(id, false);
                empty(id);
            } while (!busy.remove(id, false));
        } catch (RuntimeException e) {
            busy.remove(id);
            throw e;
        }
    }

    /// Sends what is due to one receiver, until nothing is or it refuses.
    void empty(String id) {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = one(id);
        }
    }

    private boolean one(String id) {
        var parcel = database.write(handle -> Outbox.take(handle, id, clock.now(), backoff));
        var receiver = database.read(handle -> Receivers.find(handle, id));
        if (parcel.isEmpty() || receiver.isEmpty()) {
            return false;
        }
        var reply = sender.send(receiver.get(), parcel.get());
        database.write(handle -> {
            switch (reply) {
                case Reply.Accepted(var text) -> Outbox.sent(handle, id, parcel.get(), text, clock.now());
                case Reply.Refused refused -> Outbox.refused(handle, id, parcel.get(), refused, clock.now());
            }
            return 0;
        });
        if (reply instanceof Reply.Refused refused) {
            LOG.warn(
                    "receiver={} way={} is not told: {}",
                    id,
                    receiver.get().way().word(),
                    refused.text());
        }
        return reply instanceof Reply.Accepted;
    }
}
