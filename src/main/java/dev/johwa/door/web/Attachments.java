package dev.johwa.door.web;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Dialogue;
import dev.johwa.lib.task.Tasks;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Commands with whose input and output somebody is connected, or will be in a moment. Safe for use by many threads.
final class Attachments {
    private static final int MOST = 50;
    private static final Duration UNHEARD = Duration.ofSeconds(30);

    private final Tasks tasks;
    private final Map<String, Attachment> byId = new ConcurrentHashMap<>();

    Attachments(Tasks tasks) {
        this.tasks = tasks;
    }

    /// @param place project and app of which it is
    /// @param by who began it: nobody else is let to it
    /// @param isHeard whether somebody listens, or did
    record Attachment(String id, String place, String by, Dialogue dialogue, AtomicBoolean isHeard) {}

    void requireRoom() {
        if (byId.size() >= MOST) {
            throw Problem.resource("attached.too-many", MOST + " commands have somebody's hands at them already")
                    .hint("end some of them, or run it as a job")
                    .exception();
        }
    }

    /// One to which nobody listens soon is ended, and so is one that takes longer than it may.
    Attachment add(String place, String by, Dialogue dialogue, Optional<Duration> limit) {
        var fresh = new Attachment(UUID.randomUUID().toString(), place, by, dialogue, new AtomicBoolean());
        byId.put(fresh.id(), fresh);
        tasks.after(UNHEARD, "unheard command", () -> {
            if (!fresh.isHeard().get()) {
                remove(fresh);
            }
        });
        limit.ifPresent(time -> tasks.after(time, "limit of a command", () -> remove(fresh)));
        return fresh;
    }

    Attachment require(String id, String place, String by) {
        return Optional.ofNullable(byId.get(id))
                .filter(each -> each.place().equals(place) && each.by().equals(by))
                .orElseThrow(() -> Problem.user("attached.unknown", "there is no such command " + id)
                        .hint("it may be over; start it once more")
                        .exception());
    }

    /// Ends it; nothing happens when that was done.
    void remove(Attachment attachment) {
        byId.remove(attachment.id());
        attachment.dialogue().close();
    }
}
