package dev.johwa.watch.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A dead man's switch: an address elsewhere that is called as long as all is looked at, and raises an alarm when no
/// call comes. Services such as healthchecks.io take that.
final class Heartbeats {
    private static final Duration EVERY = Duration.ofMinutes(1);
    /// Who is looked at each minute is not looked at to the second.
    private static final Duration EARLY = Duration.ofSeconds(15);

    private final NoticePorts ports;
    private final Sender sender;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    Heartbeats(NoticePorts ports, Sender sender) {
        this.ports = ports;
        this.sender = sender;
    }

    /// Begins to call those whose turn it is, and waits for none. Called behind a whole round of looks, so that nobody
    /// is called while looking hangs or state cannot be written.
    void round() {
        var now = ports.clock().now();
        for (var receiver : ports.database().<List<Receiver>>read(Receivers::list)) {
            if (isDue(receiver, now) && busy.add(receiver.id())) {
                var _ = ports.tasks().run("heartbeat " + receiver.id(), () -> beat(receiver));
            }
        }
    }

    /// How often a receiver is called.
    private static Duration every(Receiver receiver) {
        return receiver.remind().compareTo(EVERY) < 0 ? EVERY : receiver.remind();
    }

    private static boolean isDue(Receiver receiver, Instant now) {
        var state = receiver.state();
        Optional<Instant> last = state.failingSince().isPresent() ? Optional.empty() : state.answeredAt();
        return receiver.way() == Way.HEARTBEAT
                && state.stopped().isEmpty()
                && last.filter(at -> at.plus(every(receiver)).minus(EARLY).isAfter(now))
                        // Where the clock was set back it would be silent until then, as if we were dead.
                        .filter(at -> !at.isAfter(now))
                        .isEmpty();
    }

    private void beat(Receiver receiver) {
        try {
            var parcel = new Parcel(Outbox.newId(), List.of());
            var reply = sender.send(receiver, parcel);
            ports.database().write(handle -> {
                switch (reply) {
                    case Reply.Accepted(var text) ->
                        Outbox.well(handle, receiver.id(), text, ports.clock().now());
                    case Reply.Refused refused ->
                        Outbox.refused(
                                handle,
                                receiver.id(),
                                parcel,
                                refused,
                                ports.clock().now());
                }
                return 0;
            });
        } finally {
            busy.remove(receiver.id());
        }
    }
}
